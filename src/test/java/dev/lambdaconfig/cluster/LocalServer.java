package dev.lambdaconfig.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * etcd and kube-apiserver as child processes with all state in one folder. Only the API server
 * listens on a port, on the loopback interface: etcd has no passwords, so it listens on a socket in
 * the folder.
 *
 * <p>It does not use io.fabric8:kube-api-test, which needs a kubectl too, listens on all addresses,
 * keeps its keys in the user's home, and fails if a port is taken meanwhile.
 */
final class LocalServer implements RunningServer {

  private static final Duration READY_LIMIT = Duration.ofSeconds(90);
  private static final int PORT_ATTEMPTS = 5;
  private static final int LOWEST_PORT = 12_000;
  private static final int LOWEST_GIVEN_PORT = 32_768;
  private static final String DATA = "etcd";
  private static final long MOST_BYTES = 8L << 30;

  private final Path binaries;
  private final Path folder;
  private final IntSupplier freePorts;
  private ChildProcess etcd;
  private ChildProcess apiServer;
  private final String token = randomToken();
  private int port;

  private LocalServer(Path binaries, Path folder, IntSupplier freePorts) throws IOException {
    this.binaries = binaries;
    this.folder = folder;
    this.freePorts = freePorts;
    Files.writeString(folder.resolve("tokens.csv"), token + ",admin,admin,system:masters\n");
    SigningKey.create(folder);
    this.etcd = startEtcd();
    this.port = freePorts.getAsInt();
    this.apiServer = startApiServer();
  }

  /** The folder must be short, empty and private to this user. */
  static LocalServer start(Path binaries, Path folder) {
    return start(binaries, folder, LocalServer::freePort);
  }

  static LocalServer start(Path binaries, Path folder, IntSupplier freePorts) {
    LocalServer server;
    try {
      server = new LocalServer(binaries, folder, freePorts);
    } catch (IOException e) {
      throw new NoApiServer("cannot start the programs in " + binaries, e);
    }
    try {
      server.awaitReadyOnSomePort();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  @Override
  public void halt() {
    apiServer.close();
  }

  @Override
  public void resume() {
    restart();
    awaitReady();
  }

  @Override
  public void backUp(Path backup) {
    apiServer.close();
    etcd.close();
    try {
      Folders.copy(folder.resolve(DATA), backup);
      etcd = startEtcd();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    resume();
  }

  @Override
  public void restore(Path backup) {
    apiServer.close();
    etcd.close();
    try {
      Folders.delete(folder.resolve(DATA));
      Folders.copy(backup, folder.resolve(DATA));
      etcd = startEtcd();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    resume();
  }

  @Override
  public void freeze() {
    signal("STOP");
  }

  @Override
  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      apiServer.signal(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    apiServer.close();
    etcd.close();
  }

  private ChildProcess startEtcd() throws IOException {
    // One that was killed leaves its sockets.
    Files.deleteIfExists(folder.resolve("client.sock"));
    Files.deleteIfExists(folder.resolve("peer.sock"));
    // One member talks to no peer; etcd still wants an address for it, of a form it can parse.
    var nobody = "http://localhost:1";
    return ChildProcess.start(
        List.of(
            binaries.resolve(BinaryFolder.ETCD).toString(),
            "--name=only",
            "--data-dir=" + folder.resolve(DATA),
            "--listen-client-urls=" + socket("client"),
            "--advertise-client-urls=" + nobody,
            "--listen-peer-urls=" + socket("peer"),
            "--initial-advertise-peer-urls=" + nobody,
            "--initial-cluster=only=" + nobody,
            // The data are deleted with the folder: fsync would only cost time.
            "--unsafe-no-fsync",
            // Enough for the 100,000 resources of a benchmark; 2 GB by default.
            "--quota-backend-bytes=" + MOST_BYTES,
            "--heartbeat-interval=50",
            "--election-timeout=500",
            "--log-level=warn"),
        folder,
        environment(),
        folder.resolve("etcd.log"));
  }

  private ChildProcess startApiServer() throws IOException {
    var command = new ArrayList<String>();
    command.add(binaries.resolve(BinaryFolder.API_SERVER).toString());
    command.addAll(
        List.of(
            "--etcd-servers=" + socket("client"),
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--secure-port=" + port,
            "--cert-dir=" + folder,
            // Nobody needs the Endpoints of the API server; a loopback address is not allowed
            // there.
            "--endpoint-reconciler-type=none",
            "--service-cluster-ip-range=10.0.0.0/24",
            "--authorization-mode=RBAC",
            "--token-auth-file=" + folder.resolve("tokens.csv"),
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-signing-key-file=" + folder.resolve(SigningKey.PRIVATE),
            "--service-account-key-file=" + folder.resolve(SigningKey.PUBLIC),
            // Its job is Pods, and it would wait for default ServiceAccounts that no controller
            // makes here.
            "--disable-admission-plugins=ServiceAccount",
            "--profiling=false"));
    return ChildProcess.start(command, folder, environment(), folder.resolve("kube-apiserver.log"));
  }

  /** A free port may be taken before the server binds it: then another one is tried. */
  private void awaitReadyOnSomePort() {
    for (int attempt = 1; ; attempt++) {
      try {
        awaitReady();
        return;
      } catch (NoApiServer e) {
        var taken = apiServer.log().anyMatch(line -> line.contains("address already in use"));
        if (!taken || attempt == PORT_ATTEMPTS) {
          throw e;
        }
        port = freePorts.getAsInt();
        restart();
      }
    }
  }

  private void restart() {
    apiServer.close();
    try {
      Files.deleteIfExists(folder.resolve("kube-apiserver.log"));
      apiServer = startApiServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    var readiness = new Readiness(URI.create(url()), certificate(), token);
    try {
      // Nothing is left to wait for once either process has ended.
      Awaitility.await()
          .atMost(READY_LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> !etcd.isAlive() || !apiServer.isAlive() || readiness.reached());
    } catch (ConditionTimeoutException e) {
      throw failure("was not ready after " + READY_LIMIT.toSeconds() + " s", e);
    }
    if (!etcd.isAlive() || !apiServer.isAlive()) {
      throw failure("ended at its start", null);
    }
    var cluster = Kubeconfig.cluster(url(), certificate());
    Kubeconfig.write(kubeconfig(), cluster, "admin", token, "default");
  }

  private NoApiServer failure(String what, @Nullable Throwable cause) {
    return new NoApiServer(
        "kube-apiserver %s. End of its log:\n%s\nEnd of etcd's log:\n%s"
            .formatted(what, apiServer.tail(), etcd.tail()),
        cause);
  }

  private String url() {
    return "https://127.0.0.1:" + port;
  }

  private Path certificate() {
    return folder.resolve("apiserver.crt");
  }

  private String socket(String name) {
    return "unix://" + folder.resolve(name + ".sock");
  }

  /**
   * The environment of the server. Nothing is inherited: a developer's ETCD_ or GO variables must
   * not change it.
   */
  private static Map<String, String> environment() {
    return Map.of("PATH", "/usr/bin:/bin");
  }

  /**
   * A free port that no process gets which asks for any: those are from 32768 on (Linux) or 49152
   * on. Another one would be lost where a second JVM of tests takes it during an outage.
   */
  static int freePort() {
    while (true) {
      int candidate = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LOWEST_GIVEN_PORT);
      try (var probe = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (BindException e) {
        // Taken: the next one.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String randomToken() {
    var bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
