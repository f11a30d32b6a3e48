# One image for every service; SITE and the command say which it is.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 \
    SAFETYCASE_HOME=/home/safetycase/data SAFETYCASE_STATIC_ROOT=/app/static-files
WORKDIR /app
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt \
    && useradd --create-home --uid 10001 safetycase
COPY . .
RUN SAFETYCASE_NO_DATABASE=1 SAFETYCASE_SECRET_KEY=only-for-this-step python manage.py collectstatic --noinput \
    && rm -rf "$SAFETYCASE_HOME" && install -d -o safetycase -m 0700 "$SAFETYCASE_HOME"
USER safetycase
EXPOSE 8000 8001
