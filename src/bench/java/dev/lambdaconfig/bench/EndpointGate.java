package dev.lambdaconfig.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A TCP relay in front of the simulated AWS, whose state would not outlive a restart: while it is
 * closed, all connections are cut and new ones are refused, as when an endpoint restarts.
 */
final class EndpointGate implements AutoCloseable {

  private final InetSocketAddress target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket listener;
  private int port;

  /** Opens it on a free port. */
  EndpointGate(URI endpoint) throws IOException {
    this.target = new InetSocketAddress(endpoint.getHost(), endpoint.getPort());
    open();
  }

  /** The address that leads to the endpoint. */
  URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Accepts connections, on the same port as before. */
  synchronized void open() throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    port = opened.getLocalPort();
    listener = opened;
    Thread.ofVirtual().start(() -> accept(opened));
  }

  private void accept(ServerSocket from) {
    try {
      while (true) {
        Socket client = from.accept();
        Socket server = new Socket();
        open.add(client);
        open.add(server);
        server.connect(target);
        Thread.ofVirtual().start(() -> relay(client, server));
        Thread.ofVirtual().start(() -> relay(server, client));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void relay(Socket from, Socket to) {
    try (from;
        to) {
      from.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of the two hung up.
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  /** Cuts all connections and refuses new ones. */
  @Override
  public synchronized void close() throws IOException {
    if (listener != null) {
      listener.close();
      listener = null;
    }
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }
}
