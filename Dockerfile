# The office as an image: the locked packages, the code, the collected static files; no key, no data.
FROM python:3.13-slim-bookworm AS packages
WORKDIR /office
COPY requirements.lock requirements-s3.lock ./
# Said when files are kept in a store that speaks S3; others need not carry its packages.
ARG FILES_IN_S3=
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock ${FILES_IN_S3:+-r requirements-s3.lock}

FROM python:3.13-slim-bookworm
ENV PATH=/office/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN groupadd --gid 10001 office && useradd --uid 10001 --gid office --no-create-home --home-dir /office office
WORKDIR /office
COPY --from=packages /office/.venv .venv
COPY . .
# Collecting needs settings, not secrets: the key of this step opens nothing and stays in no layer.
RUN mkdir -p var/media var/cache \
    && SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(64))") \
       python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q -x '/\.venv/' . \
    && chown -R office:office var && chmod 750 var
USER office
EXPOSE 8000
# A release may bring the tables of a large office up to date for minutes before its door opens.
HEALTHCHECK --interval=15s --timeout=5s --start-period=15m --retries=5 \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen(web.Request('http://127.0.0.1:8000/healthz', headers={'Host': 'localhost', 'X-Forwarded-Proto': 'https'}), timeout=4)"]
# Wrong settings stop the start with a hint; then the tables are brought up to date, then the door opens.
CMD ["sh", "-c", "python manage.py check --fail-level ERROR && python manage.py migrate --noinput && python manage.py start_office && exec granian --interface wsgi --host 0.0.0.0 --port 8000 --http 1 --no-ws --workers ${WORKERS:-2} --blocking-threads 1 --runtime-threads 1 --respawn-failed-workers --workers-kill-timeout 20 --log-level warning crm.wsgi:application"]
