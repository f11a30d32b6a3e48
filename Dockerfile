# One image for every service; SITE and the command say which it is. It holds no secret: they come when it runs.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 \
    SAFETYCASE_HOME=/tmp/safetycase SAFETYCASE_STATIC_ROOT=/app/static-files
WORKDIR /app
RUN useradd --system --no-create-home --uid 10001 safetycase
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt
COPY . .
RUN SAFETYCASE_NO_DATABASE=1 SAFETYCASE_SECRET_KEY=only-for-this-step python manage.py collectstatic --noinput \
    && rm -rf "$SAFETYCASE_HOME"
USER 10001:10001
EXPOSE 8000 8001
