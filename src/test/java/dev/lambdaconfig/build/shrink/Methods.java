package dev.lambdaconfig.build.shrink;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The methods that classes declare. */
final class Methods {

  private Methods() {}

  /** Returns the names and descriptors of the methods of each class, by its name with slashes. */
  static Map<String, Set<String>> of(Map<String, byte[]> classes) {
    Map<String, Set<String>> methods = new HashMap<>();
    classes
        .values()
        .forEach(
            bytes -> {
              ClassReader reader = new ClassReader(bytes);
              methods.put(reader.getClassName(), of(reader));
            });
    return methods;
  }

  private static Set<String> of(ClassReader type) {
    Set<String> methods = new HashSet<>();
    type.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            methods.add(name + descriptor);
            return null;
          }
        },
        ClassReader.SKIP_CODE);
    return methods;
  }
}
