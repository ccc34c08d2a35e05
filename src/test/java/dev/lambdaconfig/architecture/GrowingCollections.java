package dev.lambdaconfig.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.timing.DelayingQueue;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;

/** The fields of the operator that keep something for each resource, Region, account or call. */
public final class GrowingCollections {

  /** The rooms whose objects live as long as the process, or as a resource. */
  private static final Set<String> ROOMS =
      Set.of("controller", "kube", "values", "aws", "identity", "cli.run", "ops");

  private GrowingCollections() {}

  /** All of them, such as {@code RequeueTimer.followUps}. */
  static Set<String> all() {
    return names(field -> true);
  }

  /** Those whose size their class reports. */
  public static Set<String> reported() {
    return names(GrowingCollections::isReported);
  }

  private static Set<String> names(Predicate<JavaField> which) {
    Set<String> names = new TreeSet<>();
    for (JavaClass type : MainClasses.ALL) {
      if (ROOMS.stream().anyMatch(room -> isIn(type, room)) && !type.isRecord()) {
        type.getFields().stream()
            .filter(GrowingCollections::mayGrow)
            .filter(which)
            .forEach(field -> names.add(type.getSimpleName() + "." + field.getName()));
      }
    }
    return names;
  }

  private static boolean isIn(JavaClass type, String room) {
    return (type.getPackageName() + ".").startsWith(MainClasses.BASE + room + ".");
  }

  /** Constants are lists of a fixed size; a static collection that grows is no constant. */
  private static boolean mayGrow(JavaField field) {
    boolean constant =
        field.getModifiers().contains(JavaModifier.STATIC)
            && field.getName().equals(field.getName().toUpperCase(java.util.Locale.ROOT));
    JavaClass type = field.getRawType();
    return !constant
        && !field.getModifiers().contains(JavaModifier.SYNTHETIC)
        && (type.isAssignableTo(Collection.class)
            || type.isAssignableTo(Map.class)
            || type.isAssignableTo(DelayingQueue.class)
            || type.isAssignableTo(ExecutorService.class)
            || type.isAssignableTo(ThreadLocal.class)
            || type.getName().startsWith("com.google.common.cache")
            || type.getName().startsWith("com.github.benmanes"));
  }

  private static boolean isReported(JavaField field) {
    return field.getAccessesToSelf().stream()
        .map(access -> access.getOrigin())
        .anyMatch(
            origin ->
                origin.getOwner().equals(field.getOwner())
                    && (origin.getName().equals("sizes")
                        || origin.getName().startsWith("lambda$sizes$"))
                    && takesSizes(origin.getRawParameterTypes()));
  }

  private static boolean takesSizes(Collection<JavaClass> parameters) {
    return parameters.stream().anyMatch(type -> type.isEquivalentTo(StateSizes.class));
  }
}
