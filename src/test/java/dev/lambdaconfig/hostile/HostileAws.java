package dev.lambdaconfig.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.plan.Generator;
import dev.lambdaconfig.plan.TestSpecs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * An endpoint of Lambda and STS: what is wrong for a while, and after that what another endpoint
 * answers.
 */
public final class HostileAws implements AutoCloseable {

  private final URI upstream;
  private final HostileCases cases;
  private final HostileServer server;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger given = new AtomicInteger();
  private volatile Predicate<String> wrong = line -> false;

  /**
   * Creates an endpoint that forwards all calls.
   *
   * @param upstream the endpoint that answers well
   * @param cases the answers that {@link #answerWrongly} gives
   */
  public HostileAws(URI upstream, HostileCases cases) throws IOException {
    this.upstream = upstream;
    this.cases = cases;
    server = new HostileServer(this::answer);
  }

  /** Where it listens. */
  public URI endpoint() {
    return server.endpoint();
  }

  /** Answers whatever calls come next wrongly, by their request line, as often as it has cases. */
  public void answerWrongly(Predicate<String> calls) {
    wrong = calls;
  }

  /** The number of wrong answers until now. */
  public int given() {
    return given.get();
  }

  private HostileAnswer answer(HostileRequest request) throws IOException {
    if (!wrong.test(request.line())) {
      return forwarded(request);
    }
    int number = next.getAndIncrement();
    if (number >= cases.count()) {
      return forwarded(request);
    }
    HostileAnswer answer = made(request.line(), cases.seed(number), cases.random(number));
    cases.count(answer.kind());
    given.incrementAndGet();
    return answer;
  }

  private static HostileAnswer made(String line, long seed, Random random) {
    if (line.startsWith("POST / ")) {
      HostileXml xml = new HostileXml(random);
      return new HostileAnswers(random, "text/xml").next(HostileXml.SESSION, xml.mutated());
    }
    ObjectNode good = new Generator(seed).function();
    if (isList(line)) {
      ObjectNode list = TestSpecs.object();
      list.putArray("Functions").add(good);
      good = list;
    } else if (line.startsWith("GET") && !line.contains("/configuration")) {
      good = TestSpecs.object().set("Configuration", good);
    }
    HostileJson json = new HostileJson(random, 3000);
    return new HostileAnswers(random, "application/json")
        .next(good.toString(), json.text(json.mutated(good)));
  }

  /** Whether a request line is that of ListFunctions. */
  public static boolean isList(String line) {
    return line.startsWith("GET /2015-03-31/functions ")
        || line.startsWith("GET /2015-03-31/functions?");
  }

  private HostileAnswer forwarded(HostileRequest request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), upstream.getPort())) {
      socket.getOutputStream().write(request.forwarded());
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return HostileAnswer.of(
          "good",
          answer
              .replaceFirst("\r\n", "\r\nConnection: close\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
