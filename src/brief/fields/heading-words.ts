import type { Brief } from "../../domain/task/brief.ts";

/** What a heading can name: a field of the brief, or its reviewers, who are part of the approval boundary. */
export type HeadingName = keyof Brief | "reviewer";

/** The languages whose words are known; an answer is always in English. */
type HeadingLanguage = "en" | "de" | "fr" | "es" | "pt" | "ja" | "zh" | "ko" | "ru";

/** Words with bars between them. */
type Words = Partial<Record<HeadingLanguage, string>>;

/**
 * The headings of one field. `named`: the field's own name. `told`: another word for it, which counts where its content
 * fits. `likely`: what may mean it, proposed to the author and never taken by itself.
 */
export type HeadingWords = { named: Words; told?: Words; likely?: Words };

/** Case, accents, dashes, emoji and signs make no difference. */
export const headingWords: Record<HeadingName, HeadingWords> = {
  goal: {
    named: {
      en: "Goal | Goals | Objective | Objectives | Aim",
      de: "Ziel | Ziele",
      fr: "Objectif | Objectifs",
      es: "Objetivo | Objetivos",
      pt: "Objetivo | Objetivos | Objectivo",
      ja: "目的 | ゴール | 目標",
      zh: "目标 | 目標 | 目的",
      ko: "목표 | 목적",
      ru: "Цель | Цели",
    },
    told: {
      en: `Summary | Description | Problem | Problem statement | The problem | Issue | Task | What
        | Feature | Feature request | Request | Change | Change request | Enhancement
        | User story | Story | Overview | Proposal | Proposed solution | Desired outcome | What to do
        | Describe the bug | Bug description | To reproduce | Steps to reproduce | Current behavior
        | Current behaviour | Actual behavior | Actual behaviour | Expected behavior
        | Expected behaviour | What happened | What did you expect to happen
        | Describe the solution you'd like | Is your feature request related to a problem
        | Is your feature request related to a problem? Please describe | What needs to change
        | What should change | What needs to be done | What needs to happen`,
      de: "Beschreibung | Zusammenfassung | Problem | Aufgabe | Problembeschreibung | Erwartetes Verhalten",
      fr: "Description | Résumé | Problème | Tâche | Comportement attendu",
      es: "Descripción | Resumen | Problema | Tarea | Historia de usuario | Comportamiento esperado",
      pt: "Descrição | Resumo | Problema | Tarefa | História de usuário | Comportamento esperado",
      ja: "概要 | 説明 | 問題 | 課題 | やりたいこと",
      zh: "描述 | 概述 | 摘要 | 问题 | 問題 | 任务 | 任務 | 需求描述",
      ko: "설명 | 요약 | 개요 | 문제 | 작업",
      ru: "Описание | Проблема | Задача | Кратко",
    },
    likely: {
      en: "Context | Background | Motivation | Why | Purpose",
      de: "Kontext | Hintergrund | Motivation",
      fr: "Contexte | Motivation",
      es: "Contexto | Motivación",
      pt: "Contexto | Motivação",
      ja: "背景",
      zh: "背景",
      ko: "배경",
      ru: "Контекст | Предыстория",
    },
  },
  nonGoals: {
    named: {
      en: "Non-goals | Non goals | Nongoals | Non-goal",
      de: "Nicht-Ziele | Nichtziele",
      fr: "Non-objectifs | Non objectifs",
      es: "No objetivos | No-objetivos",
      pt: "Não objetivos | Não-objetivos",
      ja: "非ゴール | 非目標 | 目的外",
      zh: "非目标 | 非目標",
      ko: "비목표",
      ru: "Не цели | Не-цели | Не является целью",
    },
    told: {
      en: `Out of scope | Out-of-scope | Not in scope | Boundaries | Do not | Don't | Don'ts | Do nots
        | What not to do | Exclusions | Not included | Do not change | Do not touch | Leave alone
        | What should not change | What must not change | Not in this ticket | Not in this issue
        | Not part of this issue`,
      de: "Nicht Teil dieser Aufgabe | Nicht Bestandteil | Nicht im Umfang | Außerhalb des Umfangs | Nicht Teil der Aufgabe | Abgrenzung | Nicht enthalten",
      fr: "Hors périmètre | Hors champ | Hors sujet | Ne pas faire",
      es: "Fuera de alcance | Fuera del alcance | No hacer",
      pt: "Fora do escopo | Fora de escopo | Não fazer",
      ja: "対象外 | スコープ外 | やらないこと | 範囲外",
      zh: "范围外 | 範圍外 | 不在范围内 | 不做 | 不包括",
      ko: "범위 외 | 범위 밖 | 제외 사항 | 하지 않을 것",
      ru: "Вне рамок | Вне области | За рамками | Не делать",
    },
  },
  validation: {
    named: {
      en: "Validation command | Validation | Verify | Validation commands | Test command",
      de: "Prüfbefehl | Prüfkommando | Testbefehl | Validierungsbefehl",
      fr: "Commande de validation | Commande de vérification | Commande de test",
      es: "Comando de validación | Comando de verificación | Comando de prueba",
      pt: "Comando de validação | Comando de verificação | Comando de teste",
      ja: "検証コマンド | 確認コマンド | テストコマンド",
      zh: "验证命令 | 驗證命令 | 测试命令 | 測試命令 | 校验命令",
      ko: "검증 명령 | 검증 명령어 | 테스트 명령 | 테스트 명령어",
      ru: "Команда проверки | Команда для проверки | Проверочная команда",
    },
    told: {
      en: `How to verify | How to test | Testing | Test plan | Tests | Test | Verification | Testing plan
        | Testing instructions | How to check | Verification steps | Verification command
        | How do we know it works | How do we test it | How can this be tested | How to validate`,
      de: "Testen | Überprüfung | Test | Tests | Prüfung | Testplan | So wird geprüft | Wie testen | Validierung",
      fr: "Test | Tests | Validation | Vérification | Comment tester | Comment vérifier | Plan de test",
      es: "Pruebas | Validación | Verificación | Cómo probar | Cómo verificar | Plan de pruebas",
      pt: "Testes | Validação | Verificação | Como testar | Como verificar | Plano de testes",
      ja: "検証 | 検証方法 | テスト | テスト方法 | 確認方法",
      zh: "验证 | 驗證 | 测试 | 測試 | 验证方法 | 验证方式 | 测试方法 | 測試方法 | 测试计划 | 如何验证 | 如何测试",
      ko: "검증 | 검증 방법 | 테스트 | 테스트 방법",
      ru: "Проверка | Тестирование | Как проверить | План тестирования",
    },
    likely: { en: "Commands | Command | How to run | Run | CI", de: "Befehle | Befehl" },
  },
  doneWhen: {
    named: {
      en: "Done when | Acceptance criteria",
      de: "Fertig, wenn | Akzeptanzkriterien",
      fr: "Terminé quand | Critères d'acceptation",
      es: "Hecho cuando | Terminado cuando | Criterios de aceptación",
      pt: "Pronto quando | Concluído quando | Critérios de aceitação | Critérios de aceite",
      ja: "完了条件 | 受け入れ条件 | 受け入れ基準",
      zh: "完成条件 | 完成條件 | 验收标准 | 驗收標準",
      ko: "완료 조건 | 인수 조건 | 수용 기준",
      ru: "Готово, когда | Критерии приёмки",
    },
    told: {
      en: `Acceptance | Acceptance criterion | Definition of done | DoD | Requirements | Success criteria
        | Acceptance tests | Exit criteria | AC | ACs`,
      de: "Anforderungen | Abnahmekriterien | Definition of Done | Erfolgskriterien",
      fr: "Exigences | Critères de réussite | Définition de terminé | Critères de succès",
      es: "Requisitos | Definición de hecho | Definición de terminado | Criterios de éxito",
      pt: "Requisitos | Definição de pronto | Critérios de sucesso",
      ja: "完了の定義 | 要件 | 達成条件",
      zh: "验收条件 | 驗收條件 | 要求 | 完成的定义 | 完成标准",
      ko: "요구 사항 | 요구사항 | 완료 정의 | 완료의 정의",
      ru: "Требования | Критерии готовности | Определение готовности | Условия приёмки",
    },
    likely: {
      en: "Expected behavior | Expected behaviour | Expected result | Expected results | Expected outcome",
      de: "Erwartetes Verhalten | Erwartetes Ergebnis",
      fr: "Comportement attendu | Résultat attendu",
      es: "Comportamiento esperado | Resultado esperado",
      pt: "Comportamento esperado | Resultado esperado",
      ja: "期待する動作 | 期待される動作",
      zh: "期望行为 | 预期行为 | 预期结果",
      ko: "기대 동작 | 기대 결과",
      ru: "Ожидаемое поведение | Ожидаемый результат",
    },
  },
  boundary: {
    named: {
      en: "Approval boundary | Approval boundaries",
      de: "Freigabegrenze | Freigabegrenzen",
      fr: "Limites d'approbation | Limite d'approbation | Périmètre d'approbation",
      es: "Límite de aprobación | Límites de aprobación",
      pt: "Limite de aprovação | Limites de aprovação",
      ja: "承認範囲 | 承認の範囲 | 承認境界",
      zh: "审批边界 | 審批邊界 | 批准边界 | 审批范围",
      ko: "승인 경계 | 승인 범위",
      ru: "Границы согласования | Граница согласования | Границы одобрения",
    },
    told: {
      en: "Guardrails | Guard rails | Approval | Approvals",
      de: "Leitplanken | Freigabe | Freigaben",
      fr: "Garde-fous | Approbation",
      es: "Salvaguardas | Aprobación",
      pt: "Salvaguardas | Aprovação",
      ja: "ガードレール | 承認",
      zh: "护栏 | 審批 | 审批",
      ko: "가드레일 | 승인",
      ru: "Ограничители | Согласование",
    },
  },
  reviewer: {
    named: {
      en: "Reviewer | Reviewers | Reviewed by | Who reviews",
      de: "Prüfer | Prüferin | Reviewer",
      fr: "Relecteur | Relectrice | Relecteurs",
      es: "Revisor | Revisora | Revisores",
      pt: "Revisor | Revisora | Revisores",
      ja: "レビュアー | レビュワー | レビュー担当",
      zh: "审查者 | 審查者 | 评审人 | 审阅者 | 审核人 | 審核人 | 审核者",
      ko: "리뷰어 | 검토자",
      ru: "Рецензент | Ревьюер | Проверяющий",
    },
    likely: { en: "Owner | Owners | Code owner | Approver | Approvers", de: "Verantwortlich" },
  },
  scope: {
    named: {
      en: "Files likely affected | Files | In scope",
      de: "Betroffene Dateien | Dateien",
      fr: "Fichiers concernés | Fichiers",
      es: "Archivos afectados | Archivos",
      pt: "Arquivos afetados | Arquivos",
      ja: "対象ファイル | ファイル",
      zh: "涉及文件 | 受影响的文件 | 文件",
      ko: "대상 파일 | 파일",
      ru: "Затронутые файлы | Файлы",
    },
    told: {
      en: "Scope | Affected files | Files to change | Files affected | Files to touch",
      de: "Umfang",
      fr: "Périmètre",
      es: "Alcance",
      pt: "Escopo",
      ja: "スコープ | 範囲",
      zh: "范围 | 範圍",
      ko: "범위",
      ru: "Область | Рамки",
    },
  },
  constraints: {
    named: {
      en: "Constraints",
      de: "Einschränkungen | Rahmenbedingungen",
      fr: "Contraintes",
      es: "Restricciones",
      pt: "Restrições",
      ja: "制約",
      zh: "约束 | 限制",
      ko: "제약 | 제약 사항",
      ru: "Ограничения",
    },
    told: { en: "Technical constraints | Non-functional requirements" },
  },
  kind: { named: { en: "Kind", de: "Art" } },
  dependencies: {
    named: {
      en: "Dependencies",
      de: "Abhängigkeiten",
      fr: "Dépendances",
      es: "Dependencias",
      pt: "Dependências",
      ja: "依存関係",
      zh: "依赖",
      ko: "의존성",
      ru: "Зависимости",
    },
  },
  base: { named: { en: "Base branch | Base", de: "Basis-Branch" } },
  budget: { named: { en: "Budget" } },
  agent: { named: { en: "Agent" } },
  dependsOn: { named: { en: "Depends on", de: "Hängt ab von" } },
};
