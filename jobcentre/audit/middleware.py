import structlog

from jobcentre.audit import request_id


class RequestIdMiddleware:
    """Gives each request an id, shown on error pages and written in every audit entry."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.request_id = request_id.begin()
        structlog.contextvars.bind_contextvars(request_id=request.request_id)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.request_id
            return response
        finally:
            request_id.end()
            structlog.contextvars.clear_contextvars()
