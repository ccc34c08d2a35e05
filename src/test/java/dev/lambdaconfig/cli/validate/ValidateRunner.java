package dev.lambdaconfig.cli.validate;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine;

/** Runs {@code validate} on a day of its own. */
final class ValidateRunner {

  private static final Clock TODAY =
      Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC);

  private ValidateRunner() {}

  /** How a run ended, and what it printed. */
  record Result(int exitCode, String out, String err) {}

  static Result validate(String stdin, String... args) {
    return validate(Map.of(), stdin, args);
  }

  static Result validate(Map<String, String> environment, String stdin, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    var stream = new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
    int exitCode =
        new CommandLine(new ValidateCommand(environment, stream, TODAY))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new Result(exitCode, out.toString(), err.toString());
  }

  static String manifest(String name, String settings) {
    return """
    apiVersion: lambdaconfig.dev/v1alpha1
    kind: LambdaFunctionConfig
    metadata: {name: %s, namespace: shop}
    spec:
      functionName: %s
    %s---
    """
        .formatted(name, name, settings.indent(2));
  }
}
