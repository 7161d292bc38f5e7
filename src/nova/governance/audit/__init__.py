"""The audit log: written, sealed in a chain, anchored and told outside, and examined."""

from nova.governance.audit.log import AuditLog as AuditLog
from nova.governance.audit.log import list_audit as list_audit
