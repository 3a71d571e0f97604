"""How static files are served outside DEBUG: hashed names, compressed, module imports too."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites `import "./x.js"` too, so that modules may be cached for ever."""

    support_js_module_import_aggregation = True
