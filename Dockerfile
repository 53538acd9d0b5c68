# Debian, not Alpine: the prebuilt parts of our libraries want glibc.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .swcrc ./
COPY config ./config
COPY src ./src
COPY migrations ./migrations
# Installs, and compiles into dist/ by the "prepare" script.
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN mkdir /data && chown node:node /data
USER node
ENV DATA_DIR=/data
EXPOSE 3000
# node itself, not npm: it must receive SIGTERM to finish what it is doing.
CMD ["node", "--max-semi-space-size=128", "dist/src/main.js"]
