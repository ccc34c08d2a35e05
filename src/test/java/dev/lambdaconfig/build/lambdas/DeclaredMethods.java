package dev.lambdaconfig.build.lambdas;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The methods that the classes of a jar and of the JDK declare. */
final class DeclaredMethods {

  /**
   * A class.
   *
   * @param parents its superclass and its interfaces
   * @param access the access flags of each method, by its name and descriptor
   */
  private record Declaring(String name, List<String> parents, Map<String, Integer> access) {}

  private final Function<String, byte @Nullable []> jar;
  private final Map<String, @Nullable Declaring> known = new HashMap<>();

  /**
   * Reads each class when it is needed.
   *
   * @param jar the class file of a name with slashes; null if it is not in the jar
   */
  DeclaredMethods(Function<String, byte @Nullable []> jar) {
    this.jar = jar;
  }

  /**
   * Returns whether a class of the same nest as a host can call what the host can. It cannot call a
   * protected method that the host has inherited from a class of another package, nor the method of
   * a superclass that the host overrides; javac makes a private method of either, and other
   * compilers may not.
   */
  boolean isCallableBeside(String host, Handle body) {
    if (body.getTag() == Opcodes.H_INVOKESPECIAL && !body.getOwner().equals(host)) {
      return false;
    }
    if (body.getOwner().startsWith("[")) {
      // The only one that an array has of its own is clone, which is public.
      return true;
    }
    Declaring declaring = declaring(body.getOwner(), body.getName() + body.getDesc());
    if (declaring == null) {
      return false;
    }
    int access = Objects.requireNonNull(declaring.access().get(body.getName() + body.getDesc()));
    return (access & Opcodes.ACC_PUBLIC) != 0 || folder(declaring.name()).equals(folder(host));
  }

  private static String folder(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }

  private @Nullable Declaring declaring(String owner, String method) {
    Declaring declaring = known.computeIfAbsent(owner, this::read);
    if (declaring == null || declaring.access().containsKey(method)) {
      return declaring;
    }
    return declaring.parents().stream()
        .map(parent -> declaring(parent, method))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private @Nullable Declaring read(String name) {
    byte[] bytes = jar.apply(name);
    return bytes == null ? ofJdk(name) : ofJar(name, bytes);
  }

  private static Declaring ofJar(String name, byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    Map<String, Integer> access = new HashMap<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int flags,
              String method,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            access.put(method + descriptor, flags);
            return null;
          }
        },
        ClassReader.SKIP_CODE);
    return new Declaring(
        name,
        Stream.concat(Stream.of(reader.getSuperName()), Stream.of(reader.getInterfaces())).toList(),
        access);
  }

  private static @Nullable Declaring ofJdk(String name) {
    Class<?> type;
    try {
      type = Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException e) {
      // Of a library that is left out.
      return null;
    }
    Map<String, Integer> access = new HashMap<>();
    for (var method : type.getDeclaredMethods()) {
      access.put(method.getName() + Type.getMethodDescriptor(method), method.getModifiers());
    }
    for (var constructor : type.getDeclaredConstructors()) {
      access.put("<init>" + Type.getConstructorDescriptor(constructor), constructor.getModifiers());
    }
    return new Declaring(
        name,
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
            .map(Type::getInternalName)
            .toList(),
        access);
  }
}
