package dev.lambdaconfig.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A real Kubernetes API server, with RBAC, CEL, server-side apply and TokenRequest.
 *
 * <p>Unless it is k3s or a given cluster there are no controllers behind it: no default
 * ServiceAccounts, no garbage collection, and a deleted namespace stays Terminating for ever. So
 * each test takes a namespace of its own ({@link TestNamespace}) and leaves it behind.
 */
public final class ApiServer implements AutoCloseable {

  private static final Duration TOKEN_LIFE = Duration.ofHours(12);

  private final RunningServer server;
  private final Path folder;
  private final KubernetesClient client;
  private final Source source;
  private final String description;

  private ApiServer(RunningServer server, Path folder, Source source) {
    this.server = server;
    this.folder = folder;
    this.source = source;
    try (var first = Kubeconfig.impatientClient(server.kubeconfig())) {
      var version = first.getKubernetesVersion().getGitVersion();
      this.description = "kube-apiserver " + version + ", " + source.origin();
    }
    this.client = Kubeconfig.client(server.kubeconfig());
  }

  /**
   * The server of this JVM, which is started on first use and stopped at the end of the JVM.
   *
   * @throws NoApiServer if there is none, each time with the same explanation
   */
  public static ApiServer shared() {
    return SharedServer.get();
  }

  /** Starts a second server of the same source, for a test that breaks it; the caller closes it. */
  public static ApiServer separate() {
    return start(shared().source());
  }

  /**
   * Finds a server that is available within that time, without starting it. A quick download is
   * made.
   */
  public static Location locate(Speed patience) {
    var chain = ServerProviderChain.on(HostEnvironment.ofThisMachine(), ApiServer::tell);
    var resolution = chain.resolve(patience, source -> source);
    return new Location(resolution.found(), resolution.explanation());
  }

  /** Starts a server for the caller, who closes it. */
  public static ApiServer start(Source source) {
    return start(source, null);
  }

  /**
   * Starts a server for the caller, who closes it.
   *
   * @param parent the folder for its data, or null for the usual one for temporary files
   */
  public static ApiServer start(Source source, @Nullable Path parent) {
    Path folder;
    try {
      folder =
          parent == null
              ? Files.createTempDirectory("apiserver-")
              : Files.createTempDirectory(parent, "apiserver-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RunningServer running;
    try {
      running =
          switch (source) {
            case Source.Given given -> new GivenServer(given.kubeconfig());
            case Source.Binaries binaries -> LocalServer.start(binaries.directory(), folder);
            case Source.Engine engine -> K3sServer.start(folder);
          };
    } catch (RuntimeException e) {
      deleteQuietly(folder);
      throw e;
    }
    try {
      return new ApiServer(running, folder, source);
    } catch (RuntimeException e) {
      running.close();
      deleteQuietly(folder);
      throw new NoApiServer("No answer from the API server " + source.origin(), e);
    }
  }

  /** The kubeconfig of an admin, for kubectl and for programs under test. */
  public Path kubeconfig() {
    return server.kubeconfig();
  }

  /** A client with the rights of an admin; it is closed with the server. */
  public KubernetesClient client() {
    return client;
  }

  /** The version and origin, for people. */
  public String describe() {
    return description;
  }

  Source source() {
    return source;
  }

  /**
   * A kubeconfig with the rights of an existing ServiceAccount, by a token of {@code TokenRequest}
   * that lasts longer than any test run.
   */
  public Path kubeconfigFor(String namespace, String serviceAccount) {
    var request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withExpirationSeconds(TOKEN_LIFE.toSeconds())
            .endSpec()
            .build();
    var token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(serviceAccount)
            .tokenRequest(request)
            .getStatus()
            .getToken();
    var file = folder.resolve("kubeconfig-" + namespace + "-" + serviceAccount);
    var cluster = Kubeconfig.clusterOf(client.getConfiguration());
    Kubeconfig.write(file, cluster, serviceAccount, token, namespace);
    return file;
  }

  /** A client with the rights of a ServiceAccount; the caller closes it. */
  public KubernetesClient clientFor(String namespace, String serviceAccount) {
    return Kubeconfig.client(kubeconfigFor(namespace, serviceAccount));
  }

  /** Applies a CustomResourceDefinition and returns when it is served. May be repeated. */
  public void applyCrd(Path yaml) {
    CustomResources.apply(client, yaml);
  }

  /** Creates a namespace that no other test has. */
  public String freshNamespace(String prefix) {
    var readable = prefix.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    var name =
        readable.substring(0, Math.min(readable.length(), 40))
            + "-"
            + UUID.randomUUID().toString().substring(0, 8);
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  /**
   * Takes the server away until the result is closed, with all that it stores kept: requests are
   * refused (local processes) or hang (k3s).
   *
   * @throws UnsupportedOperationException for a given cluster
   */
  public Outage outage() {
    server.halt();
    return server::resume;
  }

  /**
   * Makes each request hang until the result is closed.
   *
   * @throws UnsupportedOperationException where the server is no process of this JVM
   */
  public Outage freeze() {
    server.freeze();
    return server::thaw;
  }

  /**
   * Copies what the server has stored into a folder, which it does not use meanwhile.
   *
   * @throws UnsupportedOperationException where the server is no process of this JVM
   */
  public void backUp(Path backup) {
    server.backUp(backup);
  }

  /** Restores what {@link #backUp} copied, with the versions of that time. */
  public void restore(Path backup) {
    server.restore(backup);
  }

  /** A time without API server. */
  @FunctionalInterface
  public interface Outage extends AutoCloseable {
    /** Returns when the server is ready again, at the same address. */
    @Override
    void close();
  }

  /** Stops what was started. Does nothing to the {@linkplain #shared() shared} server. */
  @Override
  public void close() {
    if (!SharedServer.is(this)) {
      stop();
    }
  }

  void stop() {
    client.close();
    server.close();
    deleteQuietly(folder);
  }

  static void tell(String progress) {
    System.err.println("[api server] " + progress);
  }

  private static void deleteQuietly(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      tell("left behind: " + folder + " (" + e + ")");
    }
  }
}
