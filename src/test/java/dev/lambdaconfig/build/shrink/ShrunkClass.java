package dev.lambdaconfig.build.shrink;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.Type;
import org.objectweb.asm.TypePath;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;
import org.objectweb.asm.signature.SignatureWriter;

/**
 * A class without what is left out of the jar: its methods, and the names of interfaces,
 * annotations, and classes of its nest. All else stays as the compiler made it.
 */
final class ShrunkClass extends ClassVisitor {

  private final Map<String, Set<String>> before;
  private final Map<String, Set<String>> kept;
  private final Set<String> members;

  private ShrunkClass(
      ClassWriter to,
      Set<String> members,
      Map<String, Set<String>> before,
      Map<String, Set<String>> kept) {
    super(Opcodes.ASM9, to);
    this.members = members;
    this.before = before;
    this.kept = kept;
  }

  /**
   * Returns a class as it is in the jar.
   *
   * @param before the names and descriptors of the members of each class of the whole jar, by its
   *     name with slashes
   * @param kept those that are kept
   */
  static byte[] of(byte[] bytes, Map<String, Set<String>> before, Map<String, Set<String>> kept) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(0);
    Set<String> members = Objects.requireNonNull(kept.get(reader.getClassName()));
    reader.accept(new ShrunkClass(writer, members, before, kept), 0);
    return writer.toByteArray();
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String parent,
      String @Nullable [] interfaces) {
    String[] all = interfaces == null ? new String[0] : interfaces;
    String[] left = Stream.of(all).filter(type -> !isLeftOut(type)).toArray(String[]::new);
    String generic =
        signature == null || left.length == all.length ? signature : without(signature, all);
    super.visit(version, access, name, generic, parent, left);
  }

  /** The signature of a class without the interfaces that are left out. */
  private String without(String signature, String[] interfaces) {
    Iterator<String> types = List.of(interfaces).iterator();
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

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    if (!members.contains(name + descriptor)) {
      return null;
    }
    return new MethodVisitor(
        Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
      @Override
      public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return isRead(type, visible) ? super.visitAnnotation(type, visible) : null;
      }

      @Override
      public @Nullable AnnotationVisitor visitTypeAnnotation(
          int reference, @Nullable TypePath path, String type, boolean visible) {
        return isRead(type, visible)
            ? super.visitTypeAnnotation(reference, path, type, visible)
            : null;
      }

      @Override
      public @Nullable AnnotationVisitor visitParameterAnnotation(
          int parameter, String type, boolean visible) {
        return isRead(type, visible)
            ? super.visitParameterAnnotation(parameter, type, visible)
            : null;
      }

      @Override
      public @Nullable AnnotationVisitor visitInsnAnnotation(
          int reference, @Nullable TypePath path, String type, boolean visible) {
        // Of a type in code, reflection tells nothing.
        return null;
      }

      @Override
      public @Nullable AnnotationVisitor visitLocalVariableAnnotation(
          int reference,
          @Nullable TypePath path,
          Label[] start,
          Label[] end,
          int[] index,
          String type,
          boolean visible) {
        return null;
      }

      @Override
      public @Nullable AnnotationVisitor visitTryCatchAnnotation(
          int reference, @Nullable TypePath path, String type, boolean visible) {
        return null;
      }
    };
  }

  @Override
  public FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    return new FieldVisitor(
        Opcodes.ASM9, super.visitField(access, name, descriptor, signature, value)) {
      @Override
      public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return isRead(type, visible) ? super.visitAnnotation(type, visible) : null;
      }

      @Override
      public @Nullable AnnotationVisitor visitTypeAnnotation(
          int reference, @Nullable TypePath path, String type, boolean visible) {
        return isRead(type, visible)
            ? super.visitTypeAnnotation(reference, path, type, visible)
            : null;
      }
    };
  }

  @Override
  public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
    return isRead(type, visible) ? super.visitAnnotation(type, visible) : null;
  }

  @Override
  public @Nullable AnnotationVisitor visitTypeAnnotation(
      int reference, @Nullable TypePath path, String type, boolean visible) {
    return isRead(type, visible) ? super.visitTypeAnnotation(reference, path, type, visible) : null;
  }

  @Override
  public RecordComponentVisitor visitRecordComponent(
      String name, String descriptor, @Nullable String signature) {
    return new RecordComponentVisitor(
        Opcodes.ASM9, super.visitRecordComponent(name, descriptor, signature)) {
      @Override
      public @Nullable AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return isRead(type, visible) ? super.visitAnnotation(type, visible) : null;
      }

      @Override
      public @Nullable AnnotationVisitor visitTypeAnnotation(
          int reference, @Nullable TypePath path, String type, boolean visible) {
        return isRead(type, visible)
            ? super.visitTypeAnnotation(reference, path, type, visible)
            : null;
      }
    };
  }

  /** Whether an annotation can be read at run time. */
  private boolean isRead(String type, boolean visible) {
    return visible && !isLeftOut(Type.getType(type).getInternalName());
  }

  @Override
  public void visitInnerClass(
      String name, @Nullable String outer, @Nullable String inner, int access) {
    if (!isLeftOut(name) && (outer == null || !isLeftOut(outer))) {
      super.visitInnerClass(name, outer, inner, access);
    }
  }

  @Override
  public void visitNestMember(String name) {
    if (!isLeftOut(name)) {
      super.visitNestMember(name);
    }
  }

  @Override
  public void visitPermittedSubclass(String name) {
    if (!isLeftOut(name)) {
      super.visitPermittedSubclass(name);
    }
  }

  @Override
  public void visitOuterClass(String owner, @Nullable String method, @Nullable String descriptor) {
    boolean isThere =
        method != null && kept.getOrDefault(owner, Set.of()).contains(method + descriptor);
    super.visitOuterClass(owner, isThere ? method : null, isThere ? descriptor : null);
  }

  private boolean isLeftOut(String type) {
    return before.containsKey(type) && !kept.containsKey(type);
  }
}
