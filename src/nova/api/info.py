"""The house in, what it says of itself out."""

from typing import Any

from nova import __version__
from nova.api.doors import House
from nova.api.models.answers import MOST_CHARS, MOST_PASSAGES
from nova.build import revision
from nova.flows.training.hosting import serves


def system_info(house: House) -> dict[str, Any]:
    """Versions, models, tone and limits. `first_run` until there is a document."""
    nova, settings = house.nova, house.nova.settings
    sha = revision(settings.NOVA_GIT_SHA)
    return {
        "name": "Nova",
        "version": __version__,
        "build": f"{__version__}+{sha[:12]}" if sha else __version__,
        "git_sha": sha,
        "environment": settings.NOVA_ENV,
        "models": {
            "generate": nova.generator.model,
            "adapter": serves(nova.adapters),
            "embed": nova.dense.embedder.model if nova.dense else None,
        },
        "prompt_version": nova.answers.prompt().version,
        "analyser": nova.analysers.version() or "",
        "first_run": house.stored()["items"] == 0,
        "tone": settings.NOVA_TONE,
        "limits": {"upload_bytes": settings.upload_bytes, "question_chars": MOST_CHARS, "top_k": MOST_PASSAGES},
    }
