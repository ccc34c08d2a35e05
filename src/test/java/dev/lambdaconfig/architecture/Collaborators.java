package dev.lambdaconfig.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import java.util.Set;

/** Whom a class is given to work with: what its constructor takes besides plain values. */
final class Collaborators {

  /** Packages of the JDK with nothing but values, or containers of what is given in them. */
  private static final Set<String> OF_VALUES =
      Set.of("java.lang", "java.math", "java.net", "java.nio.file", "java.time", "java.util");

  private static final Set<String> NO_VALUES =
      Set.of(
          "java.lang.Runnable",
          "java.lang.Thread",
          "java.net.Socket",
          "java.net.ServerSocket",
          "java.time.Clock",
          "java.time.InstantSource",
          "java.util.Timer",
          "java.util.Random");

  private Collaborators() {}

  /** Whether the class works with others: values and failures only carry them. */
  static boolean areLimited(JavaClass type) {
    return !type.isRecord()
        && !type.isEnum()
        && !type.isInterface()
        && !type.isAnonymousClass()
        && !type.isLocalClass()
        && !type.isAssignableTo(Throwable.class)
        && !type.getPackageName().equals(MainClasses.BASE + "api");
  }

  static int count(JavaConstructor constructor) {
    return Math.toIntExact(
        constructor.getRawParameterTypes().stream().filter(type -> !isValue(type)).count());
  }

  private static boolean isValue(JavaClass type) {
    JavaClass plain = type.getBaseComponentType();
    return plain.isPrimitive()
        || (OF_VALUES.contains(plain.getPackageName()) && !NO_VALUES.contains(plain.getName()));
  }
}
