package dev.lambdaconfig.build.lambdas;

import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Converts a value between the types of an interface's method and those of a lambda's body: casts,
 * boxing, unboxing and widening, as {@link java.lang.invoke.LambdaMetafactory} does.
 */
final class Adaptation {

  private static final Map<Type, Type> BOXES =
      Map.of(
          Type.BOOLEAN_TYPE, Type.getType(Boolean.class),
          Type.BYTE_TYPE, Type.getType(Byte.class),
          Type.CHAR_TYPE, Type.getType(Character.class),
          Type.SHORT_TYPE, Type.getType(Short.class),
          Type.INT_TYPE, Type.getType(Integer.class),
          Type.LONG_TYPE, Type.getType(Long.class),
          Type.FLOAT_TYPE, Type.getType(Float.class),
          Type.DOUBLE_TYPE, Type.getType(Double.class));

  private static final Type NUMBER = Type.getType(Number.class);

  private Adaptation() {}

  static boolean isPrimitive(Type type) {
    return type.getSort() < Type.ARRAY;
  }

  /**
   * Converts the value on the stack.
   *
   * @param given the erased type that it has
   * @param known the type that the compiler knew it to have
   * @param wanted the type to convert to
   */
  static void adapt(GeneratorAdapter code, Type given, Type known, Type wanted) {
    if (isPrimitive(given)) {
      if (isPrimitive(wanted)) {
        code.cast(given, wanted);
      } else {
        box(code, given, wanted);
      }
      return;
    }
    Type type = given;
    if (!isPrimitive(known) && !known.equals(given)) {
      code.checkCast(known);
      type = known;
    }
    if (isPrimitive(wanted)) {
      unbox(code, type, wanted);
    } else if (!wanted.equals(type)) {
      code.checkCast(wanted);
    }
  }

  /** A Long may be wanted of an int. */
  private static void box(GeneratorAdapter code, Type primitive, Type wanted) {
    Type widened = primitive(wanted);
    if (widened == null) {
      code.valueOf(primitive);
    } else {
      code.cast(primitive, widened);
      code.valueOf(widened);
    }
  }

  /** Of an erased type only this is known of a number: that it is one. */
  private static void unbox(GeneratorAdapter code, Type type, Type wanted) {
    Type own = primitive(type);
    if (own != null) {
      code.invokeVirtual(type, value(own));
      code.cast(own, wanted);
      return;
    }
    boolean isNumber = !wanted.equals(Type.BOOLEAN_TYPE) && !wanted.equals(Type.CHAR_TYPE);
    Type boxed = isNumber ? NUMBER : Objects.requireNonNull(BOXES.get(wanted));
    code.checkCast(boxed);
    code.invokeVirtual(boxed, value(wanted));
  }

  /** Such as {@code int intValue()}. */
  private static Method value(Type primitive) {
    return new Method(primitive.getClassName() + "Value", primitive, new Type[0]);
  }

  private static @Nullable Type primitive(Type box) {
    return BOXES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(box))
        .map(Entry::getKey)
        .findFirst()
        .orElse(null);
  }
}
