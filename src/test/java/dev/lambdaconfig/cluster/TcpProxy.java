package dev.lambdaconfig.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Forwards connections to a server on the loopback, until a test breaks them. */
public final class TcpProxy implements AutoCloseable {

  private final int target;
  private final ServerSocket listening;
  private final List<Pipe> pipes = new CopyOnWriteArrayList<>();

  /** The number of connections so far. */
  public final AtomicInteger connections = new AtomicInteger();

  private volatile boolean refusing;

  /** One connection, in both directions. */
  private static final class Pipe {

    final Socket client;
    final Socket server;
    volatile boolean silent;

    Pipe(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void forward(Socket from, Socket to) {
      byte[] buffer = new byte[8192];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (!silent) {
            out.write(buffer, 0, read);
          }
        }
        if (!silent) {
          close();
        }
      } catch (IOException e) {
        close();
      }
    }

    void close() {
      try {
        client.close();
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private TcpProxy(int target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Starts a proxy of a server; the caller closes it. */
  public static TcpProxy to(URI server) throws IOException {
    return new TcpProxy(server.getPort());
  }

  /** The same server, through this proxy. */
  public String url() {
    return "https://127.0.0.1:" + listening.getLocalPort() + "/";
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (refusing) {
          client.close();
          continue;
        }
        connections.incrementAndGet();
        Pipe pipe = new Pipe(client, new Socket(InetAddress.getLoopbackAddress(), target));
        pipes.add(pipe);
        Thread.ofVirtual().start(() -> pipe.forward(pipe.client, pipe.server));
        Thread.ofVirtual().start(() -> pipe.forward(pipe.server, pipe.client));
      } catch (IOException e) {
        return;
      }
    }
  }

  /**
   * Nothing is forwarded any more on the connections that are there, and none of them is closed.
   */
  public void silenceConnections() {
    pipes.forEach(pipe -> pipe.silent = true);
  }

  /** Closes the connections that are there, and accepts no other one. */
  public void cut() {
    refusing = true;
    pipes.forEach(Pipe::close);
  }

  /** Accepts connections again. */
  public void mend() {
    refusing = false;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    pipes.forEach(Pipe::close);
  }
}
