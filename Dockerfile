# One image for web, worker and beat. docker-compose.yml says how each is started.
FROM python:3.12-slim-bookworm AS libraries
COPY requirements.lock /
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes -r /requirements.lock

FROM python:3.12-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /site site \
 && install -d -o site /media
# Only /tmp and /media can be written: the fonts' cache is in /tmp.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp
COPY --from=libraries /venv /venv
WORKDIR /site
COPY . .
# The static files get names with checksums, which only production mode does; it needs settings, and
# these reach no running process.
RUN chmod -R a+rX . \
 && python -m compileall -q . \
 && python bin/messages \
 && key=$(python -c 'import secrets; print(secrets.token_urlsafe(60))') \
 && SECRET_KEY=$key ALLOWED_HOSTS=build.invalid BASE_URL=https://build.invalid \
    EMAIL_URL=smtp://build.invalid DATABASE_URL=postgresql://build:$key@build.invalid/build \
    REDIS_URL=redis://:$key@build.invalid MUNICIPALITY_NAME=build MEDIA_ROOT=/media \
    python manage.py collectstatic --no-input -v 0
USER site
VOLUME /media
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "jobcentre.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--worker-class", "gthread", "--workers", "3", "--threads", "8", "--no-control-socket", \
     "--worker-tmp-dir", "/dev/shm"]
