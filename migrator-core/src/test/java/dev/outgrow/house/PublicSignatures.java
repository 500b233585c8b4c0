package dev.outgrow.house;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/** What a user of a public class gets to see: its supertypes, and the types of its public and protected members. */
final class PublicSignatures {
    private PublicSignatures() {}

    static ArchCondition<JavaClass> nameNone(DescribedPredicate<JavaClass> foreign) {
        return new ArchCondition<>("have no " + foreign.getDescription() + " in a public signature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!isOpen(type.getModifiers())) {
                    return;
                }
                report(type, type.getFullName(), ofTheClass(type), events);
                for (JavaMember member : type.getMembers()) {
                    if (isOpen(member.getModifiers())) {
                        report(type, member.getFullName(), ofTheMember(member), events);
                    }
                }
            }

            private void report(JavaClass type, String where, Stream<JavaType> types, ConditionEvents events) {
                types.flatMap(named -> named.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(foreign)
                        .distinct()
                        .forEach(found -> events.add(
                                SimpleConditionEvent.violated(type, where + " shows " + found.getFullName())));
            }
        };
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return modifiers.contains(PUBLIC) || modifiers.contains(PROTECTED);
    }

    private static Stream<JavaType> ofTheClass(JavaClass type) {
        return Stream.of(type.getSuperclass().stream(), type.getInterfaces().stream(), bounds(type.getTypeParameters()))
                .flatMap(types -> types);
    }

    private static Stream<JavaType> ofTheMember(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(code.getReturnType()),
                        code.getParameterTypes().stream(),
                        code.getExceptionTypes().stream(),
                        bounds(code.getTypeParameters()))
                .flatMap(types -> types);
    }

    private static Stream<JavaType> bounds(Iterable<? extends JavaTypeVariable<?>> variables) {
        return Stream.of(variables).flatMap(all -> {
            Stream.Builder<JavaType> bounds = Stream.builder();
            all.forEach(variable -> variable.getBounds().forEach(bounds));
            return bounds.build();
        });
    }
}
