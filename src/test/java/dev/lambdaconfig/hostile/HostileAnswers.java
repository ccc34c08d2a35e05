package dev.lambdaconfig.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** HTTP answers with a good body, of which something is wrong, or with a bad one. */
final class HostileAnswers {

  private static final int HUGE = 10_000_000;

  private final Random random;
  private final HostileText texts;
  private final String contentType;

  HostileAnswers(Random random, String contentType) {
    this.random = random;
    this.texts = new HostileText(random);
    this.contentType = contentType;
  }

  /**
   * Any answer.
   *
   * @param good a body that means something
   * @param bad the same with something wrong in it
   */
  HostileAnswer next(String good, String bad) {
    byte[] body = utf8(good);
    return switch (random.nextInt(20)) {
      case 0 -> truncated(body);
      case 1 -> whole("other content type", 200, "Content-Type: " + otherType(), body);
      case 2 -> whole("no body", 200, "", new byte[0]);
      case 3 -> whole("noise", 200, "", noise(random.nextInt(3000)));
      case 4 ->
          whole("no gzip", 200, "Content-Encoding: gzip", random.nextBoolean() ? body : noise(60));
      case 5 -> whole("gzip", 200, "Content-Encoding: gzip" + checksum(), gzip(body));
      case 6 -> slow(body);
      case 7 -> cut(body);
      case 8 -> whole("odd status", 100 + random.nextInt(900), location(), body);
      case 9 -> whole("odd header", status(), oddHeader(), body);
      case 10 -> chunked(body);
      case 11 -> HostileAnswer.of("no HTTP", noise(1 + random.nextInt(200)));
      case 12 ->
          random.nextInt(10) == 0
              ? whole("huge", status(), "", utf8(good.replace("fn", "x".repeat(HUGE))))
              : whole("error", status(), errorType(), utf8(bad));
      default -> whole("bad body", 200, "", utf8(bad));
    };
  }

  private int status() {
    return List.of(200, 400, 403, 404, 409, 412, 429, 500, 503).get(random.nextInt(9));
  }

  private String otherType() {
    return List.of("text/html", "application/cbor", "", "a/b/c;;=", "application/xml")
        .get(random.nextInt(5));
  }

  private String location() {
    return random.nextBoolean() ? "Location: http://127.0.0.1:1/elsewhere" : "";
  }

  private String checksum() {
    return random.nextBoolean() ? "\r\nx-amz-crc32: " + random.nextInt() : "";
  }

  private String errorType() {
    return random.nextBoolean() ? "x-amzn-ErrorType: " + header(texts.next(300)) : "";
  }

  private String oddHeader() {
    return switch (random.nextInt(7)) {
      case 0 -> "Retry-After: " + header(texts.next(40));
      case 1 -> "x-amzn-RequestId: " + header(texts.next(5000));
      case 2 -> "Date: " + header(texts.next(40));
      case 3 -> "X-Long: " + "x".repeat(random.nextInt(60_000));
      case 4 -> "X-Many: 1\r\n".repeat(1 + random.nextInt(500)) + "X-Last: 1";
      case 5 -> "Content-Length: " + header(texts.next(30));
      default -> header(texts.next(40));
    };
  }

  /** A text within one line. */
  private static String header(String text) {
    return text.replaceAll("[\r\n]", "");
  }

  private HostileAnswer whole(String kind, int status, String headers, byte[] body) {
    return HostileAnswer.of(kind, joined(head(status, headers, body.length), body));
  }

  private HostileAnswer truncated(byte[] body) {
    byte[] head = head(200, "", body.length);
    return HostileAnswer.of("truncated", joined(head, part(body)));
  }

  private HostileAnswer cut(byte[] body) {
    byte[] all = joined(head(200, "", body.length), body);
    return new HostileAnswer("cut", List.of(part(all)), random.nextBoolean());
  }

  private HostileAnswer slow(byte[] body) {
    byte[] all = joined(head(200, "", body.length), body);
    List<byte[]> pieces = new ArrayList<>();
    int size = 1 + all.length / (2 + random.nextInt(15));
    for (int at = 0; at < all.length; at += size) {
      pieces.add(Arrays.copyOfRange(all, at, Math.min(all.length, at + size)));
    }
    return new HostileAnswer("slow", pieces, false);
  }

  private HostileAnswer chunked(byte[] body) {
    String size = random.nextBoolean() ? Integer.toHexString(body.length) : header(texts.next(20));
    byte[] head =
        utf8(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: "
                + contentType
                + "\r\n\r\n"
                + size
                + "\r\n");
    byte[] end = utf8(random.nextBoolean() ? "\r\n0\r\n\r\n" : "\r\n");
    return HostileAnswer.of("chunked", joined(joined(head, body), end));
  }

  private byte[] head(int status, String headers, int length) {
    String type = headers.startsWith("Content-Type") ? "" : "Content-Type: " + contentType + "\r\n";
    return utf8(
        "HTTP/1.1 %d Odd\r\n%sContent-Length: %d\r\nConnection: close\r\n%s\r\n"
            .formatted(status, type, length, headers.isEmpty() ? "" : headers + "\r\n"));
  }

  private byte[] part(byte[] all) {
    return Arrays.copyOf(all, all.length == 0 ? 0 : random.nextInt(all.length));
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
