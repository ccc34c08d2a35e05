package dev.lambdaconfig.build.shrink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.TypeReference;

final class ShrunkClassTest {

  private static final String TYPE = "library/Type";
  private static final String GONE = "Llibrary/Gone;";
  private static final Map<String, Set<String>> BEFORE =
      Map.of(
          TYPE,
          Set.of(),
          TYPE + "$Left",
          Set.of(),
          TYPE + "$Gone",
          Set.of(),
          "library/Left",
          Set.of("method()V"),
          "library/Gone",
          Set.of());
  private static final Map<String, Set<String>> KEPT =
      Map.of(TYPE, Set.of("kept(I)V"), TYPE + "$Left", Set.of(), "library/Left", Set.of());

  @Test
  void namesNothingThatIsLeftOut() {
    // Given
    ClassWriter whole = new ClassWriter(0);
    whole.visit(
        Opcodes.V21,
        Opcodes.ACC_PUBLIC,
        TYPE,
        "<T:Ljava/lang/Object;>Ljava/lang/Object;Llibrary/Gone<TT;>;Llibrary/Left<TT;>;Ljava/lang/Runnable;",
        "java/lang/Object",
        new String[] {"library/Gone", "library/Left", "java/lang/Runnable"});
    whole.visitOuterClass("library/Left", "method", "()V");
    for (String annotation : List.of("library/Gone", "library/Left", "servlet/Never")) {
      whole.visitAnnotation("L" + annotation + ";", true).visitEnd();
    }
    whole.visitAnnotation("Llibrary/Left;", false).visitEnd();
    for (String member : List.of(TYPE + "$Left", TYPE + "$Gone")) {
      whole.visitNestMember(member);
      whole.visitPermittedSubclass(member);
      whole.visitInnerClass(member, TYPE, member.substring(member.indexOf('$') + 1), 0);
    }
    whole.visitInnerClass("library/Gone$Left", "library/Gone", "Left", 0);
    whole.visitMethod(Opcodes.ACC_ABSTRACT, "gone", "()V", null, null).visitEnd();
    annotateMembers(whole);
    whole.visitEnd();

    // When
    byte[] left = new ShrunkClass(BEFORE, KEPT).of(whole.toByteArray());

    // Then
    assertThat(names(left))
        .containsExactly(
            "interface library/Left",
            "interface java/lang/Runnable",
            "signature"
                + " <T:Ljava/lang/Object;>Ljava/lang/Object;Llibrary/Left<TT;>;Ljava/lang/Runnable;",
            "in library/Left null",
            "annotation Llibrary/Left;",
            "annotation Lservlet/Never;",
            "nest " + TYPE + "$Left",
            "permitted " + TYPE + "$Left",
            "inner " + TYPE + "$Left");
    assertThat(new String(left, ISO_8859_1)).contains("kept").doesNotContain("library/Gone");
  }

  /** Puts an annotation that is left out wherever an annotation can be. */
  private static void annotateMembers(ClassWriter type) {
    int ofType = TypeReference.newTypeReference(TypeReference.CLASS_EXTENDS).getValue();
    type.visitTypeAnnotation(ofType, null, GONE, true).visitEnd();
    int ofField = TypeReference.newTypeReference(TypeReference.FIELD).getValue();
    RecordComponentVisitor component = type.visitRecordComponent("kept", "I", null);
    component.visitAnnotation(GONE, true).visitEnd();
    component.visitTypeAnnotation(ofField, null, GONE, true).visitEnd();
    component.visitEnd();
    FieldVisitor field = type.visitField(0, "kept", "I", null, null);
    field.visitAnnotation(GONE, true).visitEnd();
    field.visitTypeAnnotation(ofField, null, GONE, true).visitEnd();
    field.visitEnd();
    MethodVisitor method = type.visitMethod(0, "kept", "(I)V", null, null);
    method.visitAnnotation(GONE, true).visitEnd();
    method.visitParameterAnnotation(0, GONE, true).visitEnd();
    int ofReturn = TypeReference.newTypeReference(TypeReference.METHOD_RETURN).getValue();
    method.visitTypeAnnotation(ofReturn, null, GONE, true).visitEnd();
    method.visitCode();
    Label start = new Label();
    Label end = new Label();
    method.visitLabel(start);
    method.visitTypeInsn(Opcodes.NEW, "java/lang/Object");
    int ofNew = TypeReference.newTypeReference(TypeReference.NEW).getValue();
    method.visitInsnAnnotation(ofNew, null, GONE, true).visitEnd();
    method.visitInsn(Opcodes.POP);
    method.visitLabel(end);
    int ofVariable = TypeReference.newTypeReference(TypeReference.LOCAL_VARIABLE).getValue();
    method
        .visitLocalVariableAnnotation(
            ofVariable, null, new Label[] {start}, new Label[] {end}, new int[] {1}, GONE, true)
        .visitEnd();
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(2, 2);
    method.visitEnd();
  }

  private static List<String> names(byte[] bytes) {
    List<String> names = new ArrayList<>();
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public void visit(
                  int version,
                  int access,
                  String name,
                  String signature,
                  String parent,
                  String[] interfaces) {
                for (String type : interfaces) {
                  names.add("interface " + type);
                }
                names.add("signature " + signature);
              }

              @Override
              public void visitOuterClass(
                  String owner, @Nullable String method, @Nullable String descriptor) {
                names.add("in " + owner + " " + method);
              }

              @Override
              public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
                names.add("annotation " + type);
                return null;
              }

              @Override
              public void visitNestMember(String name) {
                names.add("nest " + name);
              }

              @Override
              public void visitPermittedSubclass(String name) {
                names.add("permitted " + name);
              }

              @Override
              public void visitInnerClass(
                  String name, @Nullable String outer, @Nullable String inner, int access) {
                names.add("inner " + name);
              }
            },
            0);
    return names;
  }
}
