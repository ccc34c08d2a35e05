package dev.lambdaconfig.demo;

/** A step of the story did not come out as told; the message says what was seen instead. */
final class StepFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  StepFailed(String message) {
    super(message);
  }
}
