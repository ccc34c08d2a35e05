package dev.lambdaconfig.model;

/** What came of a call: the function, or why not. */
public sealed interface Answer {

  /** AWS described the function. */
  record Described(ObservedFunction function) implements Answer {}

  /** AWS refused, or could not be asked. */
  record Failed(Failure failure) implements Answer {}
}
