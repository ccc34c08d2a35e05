package dev.lambdaconfig.ops;

import dev.lambdaconfig.timing.WaitingThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection for one request and its response, served by a thread of its own. It has no time
 * limit of its own: the server that accepted it closes it, from any thread.
 */
final class HttpConnection implements AutoCloseable {

  /** A request without its body. */
  record Request(String method, String path) {

    /** Whether it changes nothing: all pages answer such requests only. */
    boolean isRead() {
      return method.equals("GET") || method.equals("HEAD");
    }
  }

  /** A response, after which the connection is closed. */
  record Response(int status, String type, String body) {

    /** The answer to a request that is no read. */
    static final Response READ_ONLY = text(405, "only GET and HEAD\n");

    static Response text(int status, String body) {
      return new Response(status, "text/plain; charset=utf-8", body);
    }
  }

  /** The answers to requests. */
  interface Answers {
    /** Returns the response, or null if the thread was interrupted. */
    @Nullable Response to(Request request);
  }

  /** Maximum size of the head of a request, in bytes; one rarely exceeds 1 KB. */
  private static final int LONGEST_HEAD = 8192;

  /**
   * Maximum number of bytes that are read of an unexpected body, so that the response arrives
   * before the connection is closed.
   */
  private static final int LONGEST_BODY = 65536;

  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  private final Socket socket;
  private final Answers answers;
  private volatile @Nullable Thread thread;

  HttpConnection(Socket socket, Answers answers) {
    this.socket = socket;
    this.answers = answers;
  }

  /** Reads the request and answers it. */
  void start(Runnable atEnd) {
    Thread server =
        WaitingThreads.builder()
            .name("management-connection")
            .unstarted(
                () -> {
                  try (socket) {
                    serve();
                  } catch (IOException e) {
                    // The client closed it, or the server did because it took too long.
                    LOG.atTrace().log("a connection broke", e);
                  } catch (RuntimeException e) {
                    LOG.atWarn().log("a request to the management port could not be answered", e);
                  } finally {
                    atEnd.run();
                  }
                });
    thread = server;
    server.start();
  }

  private void serve() throws IOException {
    socket.setTcpNoDelay(true);
    InputStream in = socket.getInputStream();
    Request request = request(in);
    Response response =
        request == null ? Response.text(400, "not an HTTP request\n") : answers.to(request);
    if (response == null) {
      return;
    }
    write(socket.getOutputStream(), response, request != null && request.method().equals("HEAD"));
    socket.shutdownOutput();
    in.readNBytes(LONGEST_BODY);
  }

  /**
   * Returns the first line of the head, once the whole head is there, or null if it is not HTTP.
   */
  private static @Nullable Request request(InputStream in) throws IOException {
    byte[] head = new byte[LONGEST_HEAD];
    int length = 0;
    while (!endsHead(head, length)) {
      int read = length == head.length ? -1 : in.read(head, length, head.length - length);
      if (read < 0) {
        return null;
      }
      length += read;
    }
    String line =
        new String(head, 0, length, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
    String[] words = line.split(" ", -1);
    return words.length == 3 && words[2].startsWith("HTTP/1.")
        ? new Request(words[0], words[1].replaceFirst("\\?.*", ""))
        : null;
  }

  /**
   * Whether these bytes contain the empty line that ends the head: a part of the body can follow
   * it.
   */
  private static boolean endsHead(byte[] head, int length) {
    for (int i = 3; i < length; i++) {
      if (head[i] == '\n' && head[i - 1] == '\r' && head[i - 2] == '\n' && head[i - 3] == '\r') {
        return true;
      }
    }
    return false;
  }

  private static void write(OutputStream out, Response response, boolean headOnly)
      throws IOException {
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + response.status()
            + (response.status() == 405 ? " \r\nAllow: GET, HEAD" : " ")
            + "\r\nContent-Type: "
            + response.type()
            + "\r\nContent-Length: "
            + body.length
            + "\r\nConnection: close\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    if (!headOnly) {
      out.write(body);
    }
    out.flush();
  }

  /** Ends the connection at any stage. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.atTrace().log("a connection did not close", e);
    }
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
