package dev.lambdaconfig.demo;

/**
 * Reports that a step of the story did not come out as expected; the message says what was seen
 * instead.
 */
final class StepFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  StepFailed(String message) {
    super(message);
  }
}
