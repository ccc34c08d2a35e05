package dev.lambdaconfig.build.shrink;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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

  /**
   * A class.
   *
   * @param parents its superclass and its interfaces
   * @param members the names and descriptors of its methods and fields
   */
  private record Declaring(List<String> parents, Set<String> members) {}

  private final Map<String, byte[]> jar;
  private final Map<String, @Nullable Declaring> known = new HashMap<>();

  private Links(Map<String, byte[]> jar) {
    this.jar = jar;
  }

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
    Links there = new Links(left);
    Links before = new Links(whole);
    Set<String> broken = new TreeSet<>();
    left.forEach(
        (file, bytes) -> {
          if (file.endsWith(SUFFIX)) {
            new ClassReader(bytes)
                .accept(
                    new References(
                        beans.test(file),
                        (owner, member) -> {
                          if (!there.has(owner, member) && before.has(owner, member)) {
                            broken.add(file + ": " + owner + " " + member);
                          }
                        }),
                    ClassReader.SKIP_DEBUG);
          }
        });
    return broken;
  }

  private boolean has(String owner, String member) {
    Declaring declaring = known.computeIfAbsent(owner, this::read);
    return declaring != null
        && (member.isEmpty()
            || declaring.members().contains(member)
            || declaring.parents().stream().anyMatch(parent -> has(parent, member)));
  }

  private @Nullable Declaring read(String name) {
    byte[] bytes = jar.get(name + SUFFIX);
    return bytes == null ? ofJdk(name) : ofJar(bytes);
  }

  private static Declaring ofJar(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    Set<String> members = new TreeSet<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String method,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            members.add(method + descriptor);
            return null;
          }

          @Override
          public @Nullable FieldVisitor visitField(
              int access,
              String field,
              String descriptor,
              @Nullable String signature,
              @Nullable Object value) {
            members.add(field + descriptor);
            return null;
          }
        },
        ClassReader.SKIP_CODE);
    return new Declaring(
        Stream.concat(Stream.of(reader.getSuperName()), Stream.of(reader.getInterfaces())).toList(),
        members);
  }

  private static @Nullable Declaring ofJdk(String name) {
    Class<?> type;
    try {
      type = Class.forName(name.replace('/', '.'), false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
    Set<String> members = new TreeSet<>();
    for (var method : type.getDeclaredMethods()) {
      members.add(method.getName() + Type.getMethodDescriptor(method));
    }
    for (var constructor : type.getDeclaredConstructors()) {
      members.add("<init>" + Type.getConstructorDescriptor(constructor));
    }
    for (var field : type.getDeclaredFields()) {
      members.add(field.getName() + Type.getDescriptor(field.getType()));
    }
    return new Declaring(
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
            .map(Type::getInternalName)
            .toList(),
        members);
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
