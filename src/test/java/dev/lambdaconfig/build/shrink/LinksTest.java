package dev.lambdaconfig.build.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

final class LinksTest {

  private static final String LIBRARY = "library/Base";
  private static final String INHERITS = "library/Inherits";
  private static final String GONE = "library/Gone";

  @Test
  void tellsWhatAClassNeedsAndTheJarHasNoMore() {
    // Given
    Map<String, byte[]> whole = new LinkedHashMap<>();
    whole.put(LIBRARY + ".class", type(LIBRARY, "java/lang/Object", "called", "handled", "kept"));
    whole.put(INHERITS + ".class", type(INHERITS, LIBRARY));
    whole.put(GONE + ".class", type(GONE, "java/lang/Object"));
    Map<String, byte[]> left = new LinkedHashMap<>(whole);
    left.put(LIBRARY + ".class", type(LIBRARY, "java/lang/Object", "kept"));
    left.remove(GONE + ".class");
    left.put(
        "program/Main.class",
        program(
            code -> {
              code.visitMethodInsn(Opcodes.INVOKESTATIC, INHERITS, "kept", "()V", false);
              code.visitMethodInsn(Opcodes.INVOKESTATIC, INHERITS, "called", "()V", false);
              code.visitLdcInsn(
                  new Handle(Opcodes.H_INVOKESTATIC, LIBRARY, "handled", "()V", false));
              code.visitLdcInsn(Type.getObjectType("[L" + GONE + ";"));
              code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/System", "gc", "()V", false);
              // Neither was there before.
              code.visitMethodInsn(Opcodes.INVOKESTATIC, LIBRARY, "optional", "()V", false);
              code.visitTypeInsn(Opcodes.NEW, "servlet/Request");
            }));

    left.put("kind/Bean.class", bean());
    left.put("program/Bean.class", bean());

    // When, then
    assertThat(Links.broken(left, whole, file -> file.startsWith("kind/")))
        .containsExactly(
            "kind/Bean.class: library/Gone ",
            "program/Main.class: library/Base handled()V",
            "program/Main.class: library/Gone ",
            "program/Main.class: library/Inherits called()V");
  }

  private static byte[] type(String name, String parent, String... methods) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC, name, null, parent, null);
    for (String method : methods) {
      writer.visitMethod(Opcodes.ACC_STATIC, method, "()V", null, null).visitEnd();
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static byte[] bean() {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC, "kind/Bean", null, "java/lang/Object", null);
    writer
        .visitField(0, "items", "Ljava/util/List;", "Ljava/util/List<L" + GONE + ";>;", null)
        .visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static byte[] program(Consumer<MethodVisitor> code) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC, "program/Main", null, "java/lang/Object", null);
    MethodVisitor main = writer.visitMethod(Opcodes.ACC_STATIC, "main", "()V", null, null);
    main.visitCode();
    code.accept(main);
    main.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }
}
