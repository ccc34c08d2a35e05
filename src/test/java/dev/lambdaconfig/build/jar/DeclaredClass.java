package dev.lambdaconfig.build.jar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class declares.
 *
 * @param name with slashes
 * @param parents the names of its superclass and its interfaces
 * @param access the access flags of each method and field, by its name and descriptor
 */
public record DeclaredClass(String name, List<String> parents, Map<String, Integer> access) {

  /** Reads a class file. */
  public static DeclaredClass of(byte[] bytes) {
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

          @Override
          public @Nullable FieldVisitor visitField(
              int flags,
              String field,
              String descriptor,
              @Nullable String signature,
              @Nullable Object value) {
            access.put(field + descriptor, flags);
            return null;
          }
        },
        ClassReader.SKIP_CODE);
    return new DeclaredClass(
        reader.getClassName(),
        Stream.concat(Stream.ofNullable(reader.getSuperName()), Stream.of(reader.getInterfaces()))
            .toList(),
        Map.copyOf(access));
  }
}
