package dev.lambdaconfig.cli.manifest.tree;

/** A text that cannot be read beyond a fault. */
final class TextFaultException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient TextFault fault;

  TextFaultException(Position position, String message) {
    super(message, null, false, false);
    this.fault = new TextFault(position, message);
  }

  TextFault fault() {
    return fault;
  }
}
