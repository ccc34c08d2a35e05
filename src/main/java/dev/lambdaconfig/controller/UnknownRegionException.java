package dev.lambdaconfig.controller;

/** A spec names a Region whose functions the operator does not keep. */
final class UnknownRegionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnknownRegionException(String message) {
    super(message);
  }
}
