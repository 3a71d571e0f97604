"""Whether the site lives, and whether it can do its work: for load balancers and supervisors."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workflows.engine import queries
from workflows.version import VERSION


@never_cache
@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers, and in which version, without asking anything else."""
    return HttpResponse(f"ok {VERSION}", content_type="text/plain")


@never_cache
@require_safe
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether the database answers and a worker lives; 503 when one of them does not."""
    checks = {"database": _database_answers()}
    checks["worker"] = checks["database"] and queries.worker_lives()
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
