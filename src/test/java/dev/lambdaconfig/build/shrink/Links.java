package dev.lambdaconfig.build.shrink;

import dev.lambdaconfig.build.jar.DeclaredClasses;
import dev.lambdaconfig.build.jar.JarEntries;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * What a class refers to.
 *
 * @param listener takes the name of a class, and the name and the descriptor of its method or
 *     field; these are empty for the class itself
 */
record Links(BiConsumer<String, String> listener) {

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
    DeclaredClasses there = DeclaredClasses.of(left);
    DeclaredClasses before = DeclaredClasses.of(whole);
    Set<String> broken = new TreeSet<>();
    left.forEach(
        (file, bytes) -> {
          if (file.endsWith(JarEntries.CLASS)) {
            ClassNode type = new ClassNode();
            new ClassReader(bytes).accept(type, ClassReader.SKIP_DEBUG);
            Links links =
                new Links(
                    (owner, member) -> {
                      if (!has(there, owner, member) && has(before, owner, member)) {
                        broken.add(file + ": " + owner + " " + member);
                      }
                    });
            links.visit(type);
            if (beans.test(file)) {
              type.fields.forEach(links::generics);
            }
          }
        });
    return broken;
  }

  private static boolean has(DeclaredClasses jar, String owner, String member) {
    return (member.isEmpty() ? jar.find(owner) : jar.declaring(owner, member)) != null;
  }

  private void visit(ClassNode type) {
    Stream.concat(Stream.ofNullable(type.superName), type.interfaces.stream()).forEach(this::type);
    for (MethodNode method : type.methods) {
      for (TryCatchBlockNode block : method.tryCatchBlocks) {
        Stream.ofNullable(block.type).forEach(this::type);
      }
      for (AbstractInsnNode instruction : method.instructions) {
        visit(instruction);
      }
    }
  }

  private void generics(FieldNode field) {
    if (field.signature != null) {
      new SignatureReader(field.signature)
          .acceptType(
              new SignatureVisitor(Opcodes.ASM9) {
                @Override
                public void visitClassType(String type) {
                  Links.this.type(type);
                }
              });
    }
  }

  private void visit(AbstractInsnNode instruction) {
    switch (instruction) {
      case TypeInsnNode of -> type(of.desc);
      case MultiANewArrayInsnNode array -> type(array.desc);
      case MethodInsnNode call -> member(call.owner, call.name + call.desc);
      case FieldInsnNode field -> member(field.owner, field.name + field.desc);
      case LdcInsnNode constant -> constant(constant.cst);
      case InvokeDynamicInsnNode call -> {
        constant(call.bsm);
        Stream.of(call.bsmArgs).forEach(this::constant);
      }
      default -> {
        // It refers to nothing.
      }
    }
  }

  private void constant(Object value) {
    if (value instanceof Type type && type.getSort() != Type.METHOD) {
      type(type.getInternalName());
    } else if (value instanceof Handle handle) {
      member(handle.getOwner(), handle.getName() + handle.getDesc());
    } else if (value instanceof ConstantDynamic dynamic) {
      constant(dynamic.getBootstrapMethod());
      for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
        constant(dynamic.getBootstrapMethodArgument(i));
      }
    }
  }

  private void member(String owner, String member) {
    // Of an array, all but clone is Object's.
    if (!owner.startsWith("[")) {
      listener.accept(owner, member);
    }
  }

  private void type(String name) {
    Type type = Type.getObjectType(name);
    Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
    if (element.getSort() == Type.OBJECT) {
      listener.accept(element.getInternalName(), "");
    }
  }
}
