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
 * What an operator holds of a resource, wherever it does: every field of every object of ours is
 * looked through, so that whatever is added later is found as well. The framework's own cache is
 * not looked at.
 */
final class HeldReferences {

  private static final String OURS = "dev.lambdaconfig.";

  private final String uid;
  private final String namespace;
  private final String name;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Found> open = new ArrayDeque<>();
  private final Set<String> places = new TreeSet<>();

  private record Found(Object object, String path) {}

  private HeldReferences(LambdaFunctionConfig resource) {
    this.uid = resource.getMetadata().getUid();
    this.namespace = resource.getMetadata().getNamespace();
    this.name = resource.getMetadata().getName();
  }

  /** The places at which the operator holds anything by the resource's UID. */
  static Set<String> ofUid(RunningOperator operator, LambdaFunctionConfig resource) {
    return look(operator, resource, false);
  }

  /** The places at which it does by UID or by name. */
  static Set<String> of(RunningOperator operator, LambdaFunctionConfig resource) {
    return look(operator, resource, true);
  }

  private static Set<String> look(
      RunningOperator operator, LambdaFunctionConfig resource, boolean byName) {
    while (true) {
      try {
        return new HeldReferences(resource).from(operator, byName);
      } catch (ConcurrentModificationException e) {
        // It works meanwhile: looked at once more.
      }
    }
  }

  private Set<String> from(RunningOperator operator, boolean byName) {
    visit(operator, "operator");
    while (!open.isEmpty()) {
      Found found = open.pop();
      look(found.object(), found.path(), byName);
    }
    return places;
  }

  private void visit(@Nullable Object object, String path) {
    if (object != null && seen.add(object)) {
      open.push(new Found(object, path));
    }
  }

  private void look(@Nullable Object object, String path, boolean byName) {
    switch (object) {
      case null -> {}
      case String text when text.contains(uid) || (byName && text.equals(name)) -> places.add(path);
      case ResourceID id
          when byName
              && id.getName().equals(name)
              && id.getNamespace().equals(Optional.of(namespace)) ->
          places.add(path);
      case HasMetadata other when uid.equals(other.getMetadata().getUid()) -> places.add(path);
      case Map<?, ?> map ->
          map.forEach(
              (key, value) -> {
                // Strings and ids are equal by value: they are looked at wherever they occur.
                look(key, path, byName);
                visit(value, path);
              });
      case Collection<?> collection -> elements(collection, path, byName);
      case Object[] array -> elements(Arrays.asList(array), path, byName);
      case ThreadPoolExecutor executor -> elements(List.copyOf(executor.getQueue()), path, byName);
      case AtomicReference<?> reference -> visit(reference.get(), path);
      case Optional<?> optional -> visit(optional.orElse(null), path);
      default -> fields(object, path);
    }
  }

  private void elements(Collection<?> collection, String path, boolean byName) {
    for (Object element : collection) {
      if (element instanceof String || element instanceof ResourceID) {
        look(element, path, byName);
      } else {
        visit(element, path);
      }
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
