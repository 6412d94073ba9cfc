# Two stages: the wheel is built with its assets, then installed alone.
FROM python:3.11-slim AS build
WORKDIR /src
RUN pip install --no-cache-dir build
COPY pyproject.toml README.md hatch_build.py package.json package-lock.json .npmrc requirements.lock ./
COPY crawlers crawlers
COPY clearinghouse clearinghouse
COPY web web
RUN python -m build --wheel --outdir /wheels

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 clearinghouse && install -d -o clearinghouse /var/lib/clearinghouse
WORKDIR /var/lib/clearinghouse
COPY requirements.lock /tmp/requirements.lock
RUN pip install --no-cache-dir --require-hashes -r /tmp/requirements.lock && rm /tmp/requirements.lock
COPY --from=build /wheels /tmp/wheels
RUN pip install --no-cache-dir --no-deps /tmp/wheels/*.whl && rm -r /tmp/wheels
USER clearinghouse
ENV CLEARINGHOUSE_INDEX_DIR=/var/lib/clearinghouse/index CLEARINGHOUSE_LOG_FORMAT=json
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["clearinghouse"]
CMD ["serve", "--host", "0.0.0.0"]
