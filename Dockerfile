# Two stages: the compiler and the tests' tools stay behind in the first.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY src ./src
COPY test ./test
RUN npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends git bubblewrap ca-certificates tini \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o node -g node /data
# The agents' own programs, as src/adapters/agent/presets.ts names them; several with blanks between them.
ARG AGENTS=@agentclientprotocol/claude-agent-acp@0.100.0
RUN npm install --global $AGENTS && npm cache clean --force
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist/src ./dist/src
COPY app.yml ./
USER node
VOLUME /data
EXPOSE 3000
# tini reaps what agents leave behind and passes SIGTERM on.
ENTRYPOINT ["tini", "--", "node", "dist/src/cli/main.js"]
CMD ["start"]
