package dev.lambdaconfig.feature;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.run.RunningOperator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The paths by which an operator holds a resource: a search through each field of each object of
 * this project, so that fields that are added later are covered too. The cache of the framework is
 * not searched.
 */
final class HeldReferences {

  private static final String OURS = "dev.lambdaconfig.";

  private final String uid;
  private final String namespace;
  private final String name;
  private final boolean byName;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Found> open = new ArrayDeque<>();
  private final Set<String> paths = new TreeSet<>();

  private record Found(Object object, String path) {}

  private HeldReferences(LambdaFunctionConfig resource, boolean byName) {
    this.uid = resource.getMetadata().getUid();
    this.namespace = resource.getMetadata().getNamespace();
    this.name = resource.getMetadata().getName();
    this.byName = byName;
  }

  /** The paths to the resource's UID. */
  static Set<String> ofUid(RunningOperator operator, LambdaFunctionConfig resource) {
    return search(operator, resource, false);
  }

  /** The paths to the resource's UID or name. */
  static Set<String> of(RunningOperator operator, LambdaFunctionConfig resource) {
    return search(operator, resource, true);
  }

  private static Set<String> search(
      RunningOperator operator, LambdaFunctionConfig resource, boolean byName) {
    while (true) {
      try {
        return new HeldReferences(resource, byName).from(operator);
      } catch (ConcurrentModificationException e) {
        // The operator works meanwhile: the search begins again.
      }
    }
  }

  private Set<String> from(RunningOperator operator) {
    visit(operator, "operator");
    while (!open.isEmpty()) {
      Found found = open.pop();
      look(found.object(), found.path());
    }
    return paths;
  }

  private void visit(@Nullable Object object, String path) {
    if (object instanceof String || object instanceof ResourceID) {
      // One instance may be held by many paths, and each counts.
      look(object, path);
    } else if (object != null && seen.add(object)) {
      open.push(new Found(object, path));
    }
  }

  private void look(@Nullable Object object, String path) {
    switch (object) {
      case null -> {}
      case String text when text.contains(uid) || (byName && text.equals(name)) -> paths.add(path);
      case ResourceID id
          when byName
              && id.getName().equals(name)
              && id.getNamespace().equals(Optional.of(namespace)) ->
          paths.add(path);
      case HasMetadata other when uid.equals(other.getMetadata().getUid()) -> paths.add(path);
      case Map<?, ?> map ->
          map.forEach(
              (key, value) -> {
                // Not by identity: a key is held by each map that has it.
                look(key, path);
                visit(value, path);
              });
      case Collection<?> collection -> elements(collection, path);
      case Object[] array -> elements(Arrays.asList(array), path);
      case ThreadPoolExecutor executor -> elements(List.copyOf(executor.getQueue()), path);
      case AtomicReference<?> reference -> visit(reference.get(), path);
      case Optional<?> optional -> visit(optional.orElse(null), path);
      default -> fields(object, path);
    }
  }

  private void elements(Collection<?> collection, String path) {
    for (Object element : collection) {
      visit(element, path);
    }
  }

  private void fields(Object object, String path) {
    if (object instanceof Enum || !object.getClass().getName().startsWith(OURS)) {
      return;
    }
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      if (!type.getName().startsWith(OURS)) {
        return;
      }
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
          String owner = type.isHidden() ? "lambda" : type.getSimpleName();
          visit(value(field, object), path + " > " + owner + "." + field.getName());
        }
      }
    }
  }

  private static @Nullable Object value(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a field of ours that cannot be read: " + field, e);
    }
  }
}
