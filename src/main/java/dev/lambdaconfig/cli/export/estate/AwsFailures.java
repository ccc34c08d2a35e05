package dev.lambdaconfig.cli.export.estate;

import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.text.WholeText;

/** Failed reads in words: the answers to reads repeat no environment value. */
final class AwsFailures {

  private static final int LONGEST = 500;

  private AwsFailures() {}

  static String text(Failure failure) {
    String message = failure.reason();
    return message == null || message.isBlank()
        ? failure.code()
        : failure.code()
            + ": "
            + WholeText.shortened(message.strip().replaceAll("\\s+", " "), LONGEST);
  }
}
