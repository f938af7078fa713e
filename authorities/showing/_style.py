"""The page's style: light and dark, desk and phone, and paper."""

STYLE = """
:root{color-scheme:light dark;--ink:#1c2230;--soft:#4d576b;--paper:#fff;--band:#f2f4f8;--line:#cfd5e0;
--link:#174ea6;--mark:#7a3e00;--markband:#fdf1df;--dot:#174ea6;--dotink:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9f0;--soft:#aab3c5;--paper:#14171e;--band:#1d222c;--line:#3a4252;
--link:#9cc2ff;--mark:#ffcf8f;--markband:#3a2b14;--dot:#9cc2ff;--dotink:#10141b}}
*{box-sizing:border-box}
html{scroll-behavior:auto}
body{margin:0 auto;max-width:62rem;padding:1.5rem 1.25rem 3rem;background:var(--paper);color:var(--ink);
font:1rem/1.55 Georgia,"Times New Roman",serif;overflow-wrap:break-word}
h1,h2,h3,dt,th,nav,figcaption,caption,.life,.mark,.cite,.source,svg,header dl{font-family:system-ui,"Segoe UI",Roboto,
"Helvetica Neue",Arial,sans-serif}
h1{font-size:1.6rem;line-height:1.25;margin:.1rem 0 1rem;text-wrap:balance}
h2{font-size:1.25rem;margin:2.5rem 0 .75rem;padding-bottom:.3rem;border-bottom:2px solid var(--line)}
h3{font-size:1rem;line-height:1.4;margin:0}
a{color:var(--link)}
a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code{font:.8125rem/1.4 ui-monospace,"DejaVu Sans Mono",monospace;color:var(--soft);overflow-wrap:anywhere;
display:inline-block;max-width:100%}
.cite{font-weight:600;color:var(--ink)}
header .cite{margin:0;color:var(--soft)}
.life{margin:.2rem 0 0;font-size:.875rem;color:var(--soft)}
.mark{display:inline-block;font-size:.8125rem;padding:0 .4rem;border-radius:.25rem;color:var(--mark);
background:var(--markband)}
.source{display:block;font-size:.8125rem;color:var(--soft)}
dl{margin:.5rem 0 0}
dl>div{display:grid;grid-template-columns:9.5rem 1fr;gap:0 1rem;padding:.2rem 0}
dt{font-size:.875rem;font-weight:600;color:var(--soft);line-height:1.75}
dd{margin:0;min-width:0}
dd ul{margin:.15rem 0;padding-left:1.2rem}
header dl{font-size:.9375rem}
nav{margin:1.5rem 0 0;padding:.6rem .9rem;background:var(--band);border-radius:.4rem;font-size:.9375rem}
nav ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.15rem 1.25rem}
nav a{display:inline-block;padding:.2rem 0}
article{padding:.9rem 0;border-bottom:1px solid var(--line)}
article:last-child{border-bottom:0}
article:target{background:var(--band);box-shadow:-.75rem 0 var(--band),.75rem 0 var(--band)}
table{width:100%;border-collapse:collapse;font-size:.9375rem}
caption{text-align:left;font-size:.875rem;color:var(--soft);padding-bottom:.4rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--line)}
th{font-size:.875rem}
tbody th{font-weight:600;min-width:9.75rem}
td[data-head=Law],td[data-head=Cite],td[data-head=When]{min-width:10.5rem}
td ul{margin:0;padding-left:1.1rem}
td li+li,dd li+li{margin-top:.3rem}
figure{margin:0 0 1rem}
figcaption{font-size:.875rem;color:var(--soft)}
svg{display:block;overflow:visible;font-size:13px}
svg text{fill:var(--soft)}
svg .axis,svg .stem{stroke:var(--line);stroke-width:1.5}
svg circle{fill:var(--dot)}
svg text.count{fill:var(--dotink);font-weight:600;font-size:12px}
svg line.now{stroke:var(--mark);stroke-width:1.5;stroke-dasharray:4 3}
svg text.now{fill:var(--mark)}
footer{margin-top:2.5rem;font-size:.875rem;color:var(--soft)}
@media (max-width:40rem){
body{padding:1rem 1rem 2rem}
h1{font-size:1.35rem}
dl>div{grid-template-columns:1fr}
dl>div+div{margin-top:.3rem}
dt{line-height:1.4}
table,thead,tbody,tr,th,td,caption{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{padding:.6rem 0;border-bottom:1px solid var(--line)}
th,td,tbody th{border:0;padding:.1rem 0;min-width:0}
td::before{content:attr(data-head);display:block;font:600 .8125rem/1.5 system-ui,Roboto,Arial,sans-serif;
color:var(--soft)}
}
@media print{
:root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--band:#fff;--line:#999;--link:#000;--mark:#000;
--markband:#fff;--dot:#000;--dotink:#fff}
body{max-width:none;padding:0;font-size:10.5pt}
nav{display:none}
h2,h3{break-after:avoid}
article,tr,figure{break-inside:avoid}
a{text-decoration:none}
svg circle{print-color-adjust:exact;-webkit-print-color-adjust:exact}
@page{margin:2cm}
}
"""
