package dev.lambdaconfig.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An HTTP request as it came over the wire.
 *
 * @param head the request line and the headers, with the empty line at their end
 * @param body its bytes, each as one character
 */
record HostileRequest(String head, String body) {

  private static final int LARGEST_HEAD = 1 << 16;

  static HostileRequest read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n") && head.length() < LARGEST_HEAD) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    String body = "";
    for (String line : head.toString().split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        byte[] all = in.readNBytes(Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()));
        body = new String(all, StandardCharsets.ISO_8859_1);
      }
    }
    return new HostileRequest(head.toString(), body);
  }

  /** The request line. */
  String line() {
    return head.substring(0, head.indexOf("\r\n"));
  }

  /** Its bytes for another server, which is asked to close the connection behind its answer. */
  byte[] forwarded() {
    String changed =
        head.replaceFirst("(?i)\r\nConnection: [^\r]*", "")
            .replaceFirst("\r\n", "\r\nConnection: close\r\n");
    return (changed + body).getBytes(StandardCharsets.ISO_8859_1);
  }
}
