package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.cli.stream.StandardInput;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The standard streams of a command. */
record StandardStreams(InputStream in, PrintStream out, PrintStream err) {

  static StandardStreams ofProcess() {
    return new StandardStreams(StandardInput.ofProcess(), System.out, System.err);
  }

  /** A stream that prints nothing. */
  static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  /** Prints a text in UTF-8, whatever the locale says: a report is a file as well. */
  void print(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
