# Two stages: the compiler and the tests' tools stay behind in the first.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY src ./src
COPY test ./test
COPY bench ./bench
COPY scripts/bundle.js ./scripts/bundle.js
RUN npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends git bubblewrap ca-certificates libfaketime tini \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o node -g node /data
# The agents' own programs, as src/adapters/agent/presets.ts names them; several with blanks between them.
ARG AGENTS=@agentclientprotocol/claude-agent-acp@0.100.0
RUN npm install --global $AGENTS && npm cache clean --force
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist/src ./dist/src
COPY src/web/assets ./src/web/assets
COPY schemas ./schemas
COPY .github/ISSUE_TEMPLATE/agent-task.yml ./.github/ISSUE_TEMPLATE/agent-task.yml
COPY app.yml ./
USER node
VOLUME /data
EXPOSE 3000
# A web process answers at PORT, a worker at OPERATIONS_PORT.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.OPERATIONS_PORT || process.env.PORT || 3000}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# tini reaps what agents leave behind and passes SIGTERM on.
ENTRYPOINT ["tini", "--", "node", "dist/src/cli/main.js"]
CMD ["start"]
