package dev.lambdaconfig.build.shrink;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;
import org.objectweb.asm.signature.SignatureWriter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.RecordComponentNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * A class without what is left out of the jar: its methods, and the names of interfaces,
 * annotations, and classes of its nest. All else stays as the compiler made it.
 *
 * @param before the names and descriptors of the members of each class of the whole jar, by its
 *     name with slashes
 * @param kept those that are kept
 */
record ShrunkClass(Map<String, Set<String>> before, Map<String, Set<String>> kept) {

  /** Returns a class as it is in the jar. */
  byte[] of(byte[] bytes) {
    ClassNode type = new ClassNode();
    new ClassReader(bytes).accept(type, 0);
    shrinkNames(type);
    shrinkMembers(type);
    ClassWriter writer = new ClassWriter(0);
    type.accept(writer);
    return writer.toByteArray();
  }

  private void shrinkNames(ClassNode type) {
    if (type.signature != null && type.interfaces.stream().anyMatch(this::isLeftOut)) {
      type.signature = without(type.signature, type.interfaces);
    }
    type.interfaces.removeIf(this::isLeftOut);
    type.innerClasses.removeIf(
        inner -> isLeftOut(inner.name) || (inner.outerName != null && isLeftOut(inner.outerName)));
    Stream.of(type.nestMembers, type.permittedSubclasses)
        .filter(Objects::nonNull)
        .forEach(names -> names.removeIf(this::isLeftOut));
    if (type.outerMethod != null
        && !kept.getOrDefault(type.outerClass, Set.of())
            .contains(type.outerMethod + type.outerMethodDesc)) {
      type.outerMethod = null;
      type.outerMethodDesc = null;
    }
    type.invisibleAnnotations = null;
    type.invisibleTypeAnnotations = null;
    shrink(type.visibleAnnotations);
    shrink(type.visibleTypeAnnotations);
  }

  /** The signature of a class without the interfaces that are left out. */
  private String without(String signature, List<String> interfaces) {
    Iterator<String> types = interfaces.iterator();
    SignatureWriter left =
        new SignatureWriter() {
          @Override
          public SignatureVisitor visitInterface() {
            return isLeftOut(types.next())
                ? new SignatureVisitor(Opcodes.ASM9) {}
                : super.visitInterface();
          }
        };
    new SignatureReader(signature).accept(left);
    return left.toString();
  }

  private void shrinkMembers(ClassNode type) {
    Set<String> members = Objects.requireNonNull(kept.get(type.name));
    type.methods.removeIf(method -> !members.contains(method.name + method.desc));
    type.methods.forEach(this::shrink);
    for (FieldNode field : type.fields) {
      field.invisibleAnnotations = null;
      field.invisibleTypeAnnotations = null;
      shrink(field.visibleAnnotations);
      shrink(field.visibleTypeAnnotations);
    }
    List<RecordComponentNode> components =
        Objects.requireNonNullElse(type.recordComponents, List.of());
    for (RecordComponentNode component : components) {
      component.invisibleAnnotations = null;
      component.invisibleTypeAnnotations = null;
      shrink(component.visibleAnnotations);
      shrink(component.visibleTypeAnnotations);
    }
  }

  private void shrink(MethodNode method) {
    method.invisibleAnnotations = null;
    method.invisibleTypeAnnotations = null;
    method.invisibleParameterAnnotations = null;
    shrink(method.visibleAnnotations);
    shrink(method.visibleTypeAnnotations);
    if (method.visibleParameterAnnotations != null) {
      for (List<AnnotationNode> parameter : method.visibleParameterAnnotations) {
        shrink(parameter);
      }
    }
    // Of a type in code, reflection tells nothing.
    method.visibleLocalVariableAnnotations = null;
    method.invisibleLocalVariableAnnotations = null;
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      block.visibleTypeAnnotations = null;
      block.invisibleTypeAnnotations = null;
    }
    for (AbstractInsnNode instruction : method.instructions) {
      instruction.visibleTypeAnnotations = null;
      instruction.invisibleTypeAnnotations = null;
    }
  }

  /** Takes away annotations that nobody can read. */
  private void shrink(@Nullable List<? extends AnnotationNode> annotations) {
    if (annotations != null) {
      annotations.removeIf(
          annotation -> isLeftOut(Type.getType(annotation.desc).getInternalName()));
    }
  }

  private boolean isLeftOut(String type) {
    return before.containsKey(type) && !kept.containsKey(type);
  }
}
