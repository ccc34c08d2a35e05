package dev.lambdaconfig.cluster;

import org.jspecify.annotations.Nullable;

/** Holder of the server that all tests of this JVM share. */
final class SharedServer {

  private static @Nullable ApiServer server;
  private static @Nullable String failure;

  private SharedServer() {}

  static synchronized ApiServer get() {
    if (failure != null) {
      // The search can take minutes and is not repeated for each test class.
      throw new NoApiServer(failure);
    }
    if (server == null) {
      try {
        server = find();
      } catch (NoApiServer e) {
        failure = String.valueOf(e.getMessage());
        throw e;
      }
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-apiserver"));
      ApiServer.tell(server.describe());
    }
    return server;
  }

  static synchronized boolean is(ApiServer candidate) {
    return candidate == server;
  }

  private static ApiServer find() {
    var chain = ServerProviderChain.on(HostEnvironment.ofThisMachine(), ApiServer::tell);
    var resolution = chain.resolve(Speed.MINUTES, ApiServer::start);
    return resolution
        .found()
        .orElseThrow(
            () ->
                new NoApiServer(
                    "No Kubernetes API server for the integration tests. "
                        + resolution.explanation()));
  }
}
