package dev.lambdaconfig.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/**
 * The values of the JDK: everything of {@code java.time} but the clock, and of {@code java.util}
 * but threads and randomness.
 */
final class JdkValues {

  static final DescribedPredicate<JavaClass> ALL =
      new DescribedPredicate<>("are plain values of the JDK") {
        private static final Set<String> UTIL_NOT =
            Set.of(
                "java.util.Random",
                "java.util.SplittableRandom",
                "java.util.UUID",
                "java.util.Timer",
                "java.util.Scanner",
                "java.util.Date",
                "java.util.Calendar",
                "java.util.ServiceLoader");
        private static final Set<String> LANG_NOT =
            Set.of(
                "java.lang.Thread",
                "java.lang.ThreadLocal",
                "java.lang.Process",
                "java.lang.ProcessBuilder",
                "java.lang.Runtime",
                "java.lang.System");

        @Override
        public boolean test(JavaClass type) {
          JavaClass plain = type.getBaseComponentType();
          if (plain.isPrimitive()) {
            return true;
          }
          String name = plain.getName();
          return switch (plain.getPackageName()) {
            case "java.lang" -> !LANG_NOT.contains(name);
            case "java.util" -> !UTIL_NOT.contains(name);
            case "java.lang.annotation",
                "java.lang.invoke",
                "java.lang.runtime",
                "java.math",
                "java.time.temporal",
                "java.util.function",
                "java.util.regex",
                "java.util.stream" ->
                true;
            case "java.time" -> !name.contains("Clock") && !name.contains("InstantSource");
            // Forms of texts, which AWS's messages repeat values in.
            case "java.nio.charset" -> name.endsWith(".Charset") || name.endsWith("Charsets");
            case "java.text" -> name.startsWith("java.text.Normalizer");
            default -> false;
          };
        }
      };

  private JdkValues() {}
}
