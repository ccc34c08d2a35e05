package dev.lambdaconfig.model;

/** The result of a call: the function, or the failure. */
public sealed interface Answer {

  /** The function as AWS described it. */
  record Described(ObservedFunction function) implements Answer {}

  /** A refusal by AWS, or a call that brought no answer. */
  record Failed(Failure failure) implements Answer {}
}
