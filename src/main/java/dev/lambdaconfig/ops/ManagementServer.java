package dev.lambdaconfig.ops;

import java.io.IOException;
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
 * Serves {@code /livez}, {@code /readyz} and {@code /metrics} over HTTP/1.1, one request a
 * connection.
 *
 * <p>Everybody in the cluster can reach the port, so whatever a client does is bounded: how many
 * connections there are, how long each of them lasts, and how much of a request is read. Where
 * there are too many, the oldest of the address that has the most makes room, so that a probe gets
 * in.
 */
public final class ManagementServer implements AutoCloseable {

  /** Bounds on what clients may hold: connections, and how long each of them may last. */
  record Limits(int connections, Duration time) {}

  /** A scrape and two probes need three; kubelets and Prometheus wait for less time. */
  private static final Limits LIMITS = new Limits(64, Duration.ofSeconds(10));

  /** Connections that the system keeps until they are accepted. */
  private static final int BACKLOG = 512;

  /** How often connections that have lasted too long are looked for. */
  private static final int LOOK_MILLIS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

  private final ServerSocket listener;
  private final ManagementPages pages;
  private final OpenConnections connections;
  private final CountDownLatch closed = new CountDownLatch(1);

  private ManagementServer(ServerSocket listener, ManagementPages pages, Limits limits) {
    this.listener = listener;
    this.pages = pages;
    this.connections = new OpenConnections(limits.connections(), limits.time(), System::nanoTime);
  }

  /**
   * Starts to serve.
   *
   * @param port the port, 0 for any free one
   * @param health what the probes answer
   * @param metrics the metrics in Prometheus's text format
   * @throws IOException if the port cannot be bound
   */
  public static ManagementServer start(int port, Health health, Supplier<String> metrics)
      throws IOException {
    return start(port, health, metrics, LIMITS);
  }

  static ManagementServer start(int port, Health health, Supplier<String> metrics, Limits limits)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(port), BACKLOG);
      listener.setSoTimeout(LOOK_MILLIS);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    ManagementServer server =
        new ManagementServer(listener, new ManagementPages(health, metrics), limits);
    Thread.ofPlatform().name("management").start(server::accept);
    return server;
  }

  /** The port that is served. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections are open. */
  int connections() {
    return connections.count();
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        serve(listener.accept());
      } catch (SocketTimeoutException e) {
        // Nobody came.
      } catch (IOException e) {
        pause(e);
      }
      connections.closeOverdue();
    }
  }

  private void serve(Socket socket) {
    HttpConnection connection = new HttpConnection(socket, pages::answer);
    connections.add(socket.getInetAddress(), connection);
    connection.start(() -> connections.remove(connection));
  }

  /**
   * The process may have used up its file descriptors: the next one would fail as well, at once.
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
