package dev.lambdaconfig.build.shrink;

import dev.lambdaconfig.build.jar.DeclaredClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;

/** What the classes of a jar refer to, and whether it is there. */
final class Links {

  private static final String SUFFIX = ".class";

  private Links() {}

  /**
   * Returns what the classes of a jar refer to that is not in that jar, but in another one.
   *
   * @param left the jar
   * @param whole the jar from which it was made
   * @param beans whether the generic types of the fields of a class are looked at, too, which
   *     Jackson reads
   */
  static Set<String> broken(
      Map<String, byte[]> left, Map<String, byte[]> whole, Predicate<String> beans) {
    DeclaredClasses there = classes(left);
    DeclaredClasses before = classes(whole);
    Set<String> broken = new TreeSet<>();
    left.forEach(
        (file, bytes) -> {
          if (file.endsWith(SUFFIX)) {
            new ClassReader(bytes)
                .accept(
                    new References(
                        beans.test(file),
                        (owner, member) -> {
                          if (!has(there, owner, member) && has(before, owner, member)) {
                            broken.add(file + ": " + owner + " " + member);
                          }
                        }),
                    ClassReader.SKIP_DEBUG);
          }
        });
    return broken;
  }

  private static DeclaredClasses classes(Map<String, byte[]> jar) {
    return new DeclaredClasses(name -> jar.get(name + SUFFIX));
  }

  private static boolean has(DeclaredClasses jar, String owner, String member) {
    return (member.isEmpty() ? jar.find(owner) : jar.declaring(owner, member)) != null;
  }

  /** Told of each reference. */
  private interface Listener {

    /**
     * A class refers to another one.
     *
     * @param member the name and the descriptor of a method or field; empty for the class itself
     */
    void refers(String owner, String member);
  }

  private static final class References extends ClassVisitor {

    private final boolean generics;
    private final Listener listener;

    References(boolean generics, Listener listener) {
      super(Opcodes.ASM9);
      this.generics = generics;
      this.listener = listener;
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String parent,
        String @Nullable [] interfaces) {
      Stream.concat(Stream.ofNullable(parent), Stream.ofNullable(interfaces).flatMap(Stream::of))
          .forEach(this::type);
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      if (generics && signature != null) {
        new SignatureReader(signature)
            .acceptType(
                new SignatureVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitClassType(String type) {
                    References.this.type(type);
                  }
                });
      }
      return null;
    }

    private void type(String name) {
      Type type = Type.getObjectType(name);
      Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
      if (element.getSort() == Type.OBJECT) {
        listener.refers(element.getInternalName(), "");
      }
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String method,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitTypeInsn(int code, String name) {
          References.this.type(name);
        }

        @Override
        public void visitMultiANewArrayInsn(String name, int dimensions) {
          References.this.type(name);
        }

        @Override
        public void visitTryCatchBlock(
            Label start, Label end, Label handler, @Nullable String exception) {
          Stream.ofNullable(exception).forEach(References.this::type);
        }

        @Override
        public void visitMethodInsn(
            int code, String owner, String name, String descriptor, boolean ofInterface) {
          // Of an array, all but clone is Object's.
          if (!owner.startsWith("[")) {
            listener.refers(owner, name + descriptor);
          }
        }

        @Override
        public void visitFieldInsn(int code, String owner, String name, String descriptor) {
          listener.refers(owner, name + descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(
            String name, String descriptor, Handle bootstrap, Object... arguments) {
          constant(bootstrap);
          Stream.of(arguments).forEach(this::constant);
        }

        @Override
        public void visitLdcInsn(Object value) {
          constant(value);
        }

        private void constant(Object value) {
          if (value instanceof Type type && type.getSort() != Type.METHOD) {
            References.this.type(type.getInternalName());
          } else if (value instanceof Handle handle && !handle.getOwner().startsWith("[")) {
            listener.refers(handle.getOwner(), handle.getName() + handle.getDesc());
          } else if (value instanceof ConstantDynamic dynamic) {
            constant(dynamic.getBootstrapMethod());
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
              constant(dynamic.getBootstrapMethodArgument(i));
            }
          }
        }
      };
    }
  }
}
