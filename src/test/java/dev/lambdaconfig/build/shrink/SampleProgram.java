package dev.lambdaconfig.build.shrink;

import java.util.function.Supplier;

/** A program that calls a part of its libraries, which are the classes within it. */
public final class SampleProgram implements Supplier<Object> {

  @Override
  public Object get() {
    try {
      return new Called().used() + " " + made("dev.lambdaconfig.build.shrink.SampleProgram$Named");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The build cannot see which class this makes. */
  private static Object made(String name) throws ReflectiveOperationException {
    return Class.forName(name).getDeclaredConstructor().newInstance();
  }

  /** A class of which one method is called. */
  static final class Called {

    private final String text = "called";

    String used() {
      return text;
    }

    OfUnused unused() {
      return new OfUnused();
    }
  }

  /** A class that only a string names. */
  static final class Named {

    private final String argument;

    Named() {
      this("named");
    }

    Named(String argument) {
      this.argument = argument;
    }

    @Override
    public String toString() {
      return argument;
    }
  }

  /** A class that only a file names. */
  static final class OfFile {}

  /** A class that is needed by a method that nobody calls. */
  static final class OfUnused {}
}
