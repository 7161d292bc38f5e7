"""Nothing in, a TLS context out that trusts the machine's certificates and, where it has none, the bundled ones."""

import ssl
from functools import lru_cache

import certifi


@lru_cache(maxsize=1)
def trusted() -> ssl.SSLContext:
    """Verifies names and chains; a company's own authority counts once it is in the machine's store."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(certifi.where())
    return context
