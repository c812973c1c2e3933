# One image for all: `serve`, `worker`, `migrate` and every other command of sympolity.
# The first stage installs the hashed lock; the second holds Python, the environment and the source, nothing else.

FROM python:3.11.14-slim-bookworm AS build
WORKDIR /app
COPY requirements-bootstrap.txt ./
RUN python -m venv /opt/uv
RUN /opt/uv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements-bootstrap.txt
COPY requirements.txt ./
RUN python -m venv --without-pip .venv
RUN /opt/uv/bin/uv pip install --no-cache --compile-bytecode --python .venv/bin/python --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY service service
COPY migrations migrations
RUN /opt/uv/bin/uv pip install --no-cache --python .venv/bin/python --offline --no-deps --editable .
RUN .venv/bin/python -m compileall -q service migrations

FROM python:3.11.14-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin sympolity
RUN install --directory --owner sympolity --group sympolity --mode 0750 /data
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 HOST=0.0.0.0 PORT=8000 SYMPOLITY_DATA=/data
USER sympolity
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
ENTRYPOINT ["sympolity"]
CMD ["serve"]
