# Nova's image: the packages of requirements-servers.lock (hashed), the package with its built web app, and Tesseract for scanned German pages.
# Runs as uid 10001 on a read-only root file system: it writes to /data (NOVA_DATA), /var/log/nova and /tmp only.
#   docker build --build-arg NOVA_GIT_SHA="$(git rev-parse HEAD)" --tag nova-luna .
FROM python:3.13-slim-trixie AS build
WORKDIR /src
RUN python -m venv /opt/nova
COPY requirements-servers.lock ./
RUN /opt/nova/bin/pip install --no-cache-dir --require-hashes --requirement requirements-servers.lock
COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY docs/samples ./docs/samples
COPY src ./src
RUN /opt/nova/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/nova/bin/pip uninstall --yes --quiet pip \
    && python -m compileall -q /opt/nova/lib

FROM python:3.13-slim-trixie
# Debian keeps only the newest build of a package, so a pinned version would break the next build of the image.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends tesseract-ocr tesseract-ocr-deu \
    && rm -rf /var/lib/apt/lists/* \
    && python -m pip uninstall --yes --quiet --root-user-action ignore pip \
    && groupadd --gid 10001 nova \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin nova \
    && install --directory --mode 0700 --owner 10001 --group 10001 /data /var/log/nova
COPY --from=build /opt/nova /opt/nova
ARG NOVA_GIT_SHA=""
ENV PATH=/opt/nova/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NOVA_DATA=/data \
    NOVA_HOST=0.0.0.0 \
    NOVA_GIT_SHA=$NOVA_GIT_SHA
USER 10001:10001
WORKDIR /opt/nova
VOLUME ["/data", "/var/log/nova"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/api/v1/system/info', timeout=4)"]
ENTRYPOINT ["nova"]
CMD ["up", "--no-seed"]
