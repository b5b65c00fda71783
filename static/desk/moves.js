/* The page that opens a claim for revision: only what the chosen kind of change asks for. */
{
  const kinds = [...document.querySelectorAll("input[name=kind]")];
  const row = (name) => document.getElementById(`id_${name}`)?.closest(".ask");
  const show = () => {
    const corrected = kinds.find((one) => one.checked)?.value === "corrected";
    const chosen = kinds.some((one) => one.checked);
    for (const name of ["was", "now", "why"]) row(name)?.toggleAttribute("hidden", !corrected);
    row("note")?.toggleAttribute("hidden", corrected || !chosen);
  };
  for (const one of kinds) one.addEventListener("change", show);
  if (kinds.length) show();
}
