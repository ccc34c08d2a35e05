package dev.lambdaconfig.cli;

/** Entry point. */
public final class Main {
  private Main() {}

  /** Starts the operator. */
  public static void main(String[] args) {
    System.out.println("lambda-config-operator on " + Runtime.version());
  }
}
