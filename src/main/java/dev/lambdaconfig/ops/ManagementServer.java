package dev.lambdaconfig.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /livez}, {@code /readyz} and {@code /metrics}, or on a port of its own {@code
 * /debug/state}, over HTTP/1.1, one request for each connection.
 *
 * <p>Every Pod in the cluster can reach the port, so a client is bounded in the number of its
 * connections, in their duration, and in the size of a request. If there are too many connections,
 * the oldest one of the address with the most of them is closed, so that a probe gets through.
 */
public final class ManagementServer implements AutoCloseable {

  /** Bounds for all clients: the number of connections, and the duration of each. */
  record Limits(int connections, Duration time) {}

  /**
   * The bounds in production. A scrape and two probes need three connections; kubelets and
   * Prometheus have shorter timeouts.
   */
  private static final Limits LIMITS = new Limits(64, Duration.ofSeconds(10));

  /** Maximum number of connections that the system queues until they are accepted. */
  private static final int BACKLOG = 512;

  /** Interval in which overdue connections are closed. */
  private static final int LOOK_MILLIS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

  private final ServerSocket listener;
  private final HttpConnection.Answers answers;
  private final OpenConnections connections;
  private final CountDownLatch closed = new CountDownLatch(1);

  private ManagementServer(ServerSocket listener, HttpConnection.Answers answers, Limits limits) {
    this.listener = listener;
    this.answers = answers;
    this.connections = new OpenConnections(limits.connections(), limits.time(), System::nanoTime);
  }

  /**
   * Starts a server.
   *
   * @param port the port, 0 for any free one
   * @param health the health that the probes report
   * @param metrics the metrics in Prometheus's text format
   * @throws IOException if the port cannot be bound
   */
  public static ManagementServer start(int port, Health health, Supplier<String> metrics)
      throws IOException {
    return start(port, health, metrics, LIMITS);
  }

  static ManagementServer start(int port, Health health, Supplier<String> metrics, Limits limits)
      throws IOException {
    ManagementPages pages = new ManagementPages(health, metrics);
    return start("management", new InetSocketAddress(port), pages::answer, limits);
  }

  /**
   * Starts a server of {@code /debug/state} that only processes of this host or Pod reach, and
   * {@code kubectl port-forward}. The address of a client would not tell: the sidecar of a service
   * mesh forwards the requests of all others from the loopback, too.
   *
   * @param port the port of 127.0.0.1, 0 for any free one
   * @param state the JSON of the state
   * @throws IOException if the port cannot be bound
   */
  public static ManagementServer startDebug(int port, Supplier<String> state) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    DebugPages pages = new DebugPages(state);
    return start("debug", new InetSocketAddress(loopback, port), pages::answer, LIMITS);
  }

  private static ManagementServer start(
      String name, InetSocketAddress address, HttpConnection.Answers answers, Limits limits)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(address, BACKLOG);
      listener.setSoTimeout(LOOK_MILLIS);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    ManagementServer server = new ManagementServer(listener, answers, limits);
    Thread.ofPlatform().name(name).start(server::accept);
    return server;
  }

  /** Returns the port that is served. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Returns the number of open connections. */
  int connections() {
    return connections.count();
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        serve(listener.accept());
      } catch (SocketTimeoutException e) {
        // No client connected.
      } catch (IOException e) {
        pause(e);
      }
      connections.closeOverdue();
    }
  }

  private void serve(Socket socket) {
    HttpConnection connection = new HttpConnection(socket, answers);
    connections.add(socket.getInetAddress(), connection);
    connection.start(() -> connections.remove(connection));
  }

  /**
   * Waits before the next attempt: if the process has no file descriptors left, that would fail at
   * once as well.
   */
  private void pause(IOException e) {
    try {
      if (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.atWarn().addKeyValue("why", e.getMessage()).log("a connection could not be accepted");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      LOG.atDebug().log("the management port did not close", e);
    }
    connections.close();
  }
}
